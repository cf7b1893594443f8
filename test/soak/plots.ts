import { init, type EChartsOption } from 'echarts';

import { MIB } from '../measure/places';
import { uploadsPerMinute } from './page';
import { connections, handles, timers, type Sample } from './samples';

const WIDTH = 920;
const SIDES = { left: 80, right: 30 };
const LABELS = { color: '#222222' };

/** Readable with GitHub's light and dark theme alike, since the background is part of the picture. */
const LOOK = {
	backgroundColor: '#ffffff',
	animation: false,
	textStyle: { fontFamily: 'sans-serif' },
};

/** Apart also for those who do not see red and green (Okabe and Ito's palette). */
const COLOURS = {
	blue: '#0072b2',
	orange: '#d55e00',
	green: '#009e73',
	purple: '#cc79a7',
	grey: '#7f7f7f',
	black: '#222222',
};

/** Memory over time, as SVG. */
export function drawMemory(samples: Sample[]): string {
	const mib = (value: Value) => (sample: Sample) => value(sample) / MIB;
	return draw(440, {
		title: heading('Memory of the process that uploads', 'garbage collected'),
		legend: legend(['Resident memory (RSS)', 'JavaScript heap', 'Array buffers']),
		grid: { ...SIDES, top: 105, bottom: 55 },
		xAxis: minutes(samples),
		yAxis: amount('MiB'),
		series: [
			...both(
				'Resident memory (RSS)',
				samples,
				mib(({ rss }) => rss),
				COLOURS.blue,
			),
			...both(
				'JavaScript heap',
				samples,
				mib(({ heapUsed }) => heapUsed),
				COLOURS.orange,
			),
			...both(
				'Array buffers',
				samples,
				mib((one) => one.arrayBuffers),
				COLOURS.green,
			),
		],
	});
}

/** Open things over time, and uploads a minute below, as SVG. */
export function drawHandles(samples: Sample[]): string {
	const others = 'Descriptors but for connections';
	const unconnected = (sample: Sample) => sample.descriptors - connections(sample);
	return draw(650, {
		title: heading('What the process holds open', 'with connections kept for the next execution'),
		legend: legend(['File descriptors', others, 'Connections', 'Timers', 'Other handles']),
		grid: [
			{ ...SIDES, top: 105, height: 290 },
			{ ...SIDES, top: 465, height: 120 },
		],
		xAxis: [
			{ ...minutes(samples), name: '' },
			{ ...minutes(samples), gridIndex: 1 },
		],
		yAxis: [amount('count'), { ...amount('uploads per minute'), gridIndex: 1, splitNumber: 3 }],
		series: [
			...both('File descriptors', samples, ({ descriptors }) => descriptors, COLOURS.blue),
			points(others, samples, unconnected, COLOURS.black),
			...both('Connections', samples, connections, COLOURS.orange),
			...both('Timers', samples, timers, COLOURS.purple),
			points('Other handles', samples, handles, COLOURS.green),
			{
				...{ type: 'line', name: 'Uploads per minute', step: 'end', showSymbol: false },
				...{ xAxisIndex: 1, yAxisIndex: 1, data: uploadsPerMinute(samples) },
				...{ lineStyle: { color: COLOURS.grey }, areaStyle: { color: COLOURS.grey, opacity: 0.3 } },
			},
		],
	});
}

function draw(height: number, option: EChartsOption): string {
	const chart = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height });
	chart.setOption({ ...LOOK, ...option });
	const svg = chart.renderToSVGString();
	chart.dispose();
	return `${svg}\n`;
}

function heading(text: string, atRest: string): EChartsOption['title'] {
	const subtext = `lines: under load · points: at rest, ${atRest} · behind the last line nothing runs any more`;
	return { text, subtext, left: 20, top: 12, subtextStyle: { color: '#444444' } };
}

/** Wide gaps: without a browser the width of a text is an estimate. */
function legend(data: string[]): EChartsOption['legend'] {
	return { data, top: 66, left: 20, itemGap: 28, textStyle: { color: '#222222' } };
}

function minutes(samples: Sample[]) {
	const max = Math.ceil(samples[samples.length - 1].at / 60);
	const name = { name: 'minutes', nameLocation: 'middle', nameGap: 28 } as const;
	return { type: 'value', ...name, min: 0, max, axisLabel: LABELS } as const;
}

function amount(text: string) {
	const name = { name: text, nameLocation: 'middle', nameGap: 50 } as const;
	return { type: 'value', ...name, min: 0, axisLabel: LABELS } as const;
}

type Value = (sample: Sample) => number;

/** A line under load and points at rest, of one name and colour. */
function both(name: string, samples: Sample[], value: Value, color: string) {
	return [line(name, samples, value, color), points(name, samples, value, color)];
}

function line(name: string, samples: Sample[], value: Value, color: string) {
	const data = samples.filter(({ phase }) => phase === 'load').map(pairOf(value));
	const style = { lineStyle: { color, width: 1.2, opacity: 0.7 }, itemStyle: { color } };
	return { type: 'line', name, data, symbol: 'circle', showSymbol: false, ...style } as const;
}

function points(name: string, samples: Sample[], value: Value, color: string) {
	const data = samples.filter(({ phase }) => phase !== 'load').map(pairOf(value));
	return { type: 'scatter', name, data, symbolSize: 5, itemStyle: { color } } as const;
}

function pairOf(value: Value) {
	return (sample: Sample): [number, number] => [sample.at / 60, value(sample)];
}
