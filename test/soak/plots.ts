import { init, type EChartsOption } from 'echarts';

import { MIB } from '../bench/places';
import { uploadsPerMinute } from './page';
import { connections, handles, timers, type Sample } from './samples';

const WIDTH = 920;

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
};

/** Memory over time, as SVG. */
export function drawMemory(samples: Sample[]): string {
	const atRest = samples.filter(({ phase }) => phase !== 'load');
	const mib = (value: (sample: Sample) => number) => (sample: Sample) => value(sample) / MIB;
	return draw(440, {
		title: heading(
			'Memory of the process that uploads',
			'lines: under load · points: at rest, garbage collected',
		),
		legend: legend(),
		grid: { left: 70, right: 30, top: 100, bottom: 55 },
		xAxis: minutes(samples),
		yAxis: amount('MiB'),
		series: [
			line(
				'Resident memory (RSS)',
				samples,
				mib(({ rss }) => rss),
				COLOURS.blue,
			),
			points(
				'RSS at rest',
				atRest,
				mib(({ rss }) => rss),
				COLOURS.blue,
			),
			line(
				'JavaScript heap',
				samples,
				mib(({ heapUsed }) => heapUsed),
				COLOURS.orange,
			),
			points(
				'Heap at rest',
				atRest,
				mib(({ heapUsed }) => heapUsed),
				COLOURS.orange,
			),
			line(
				'Array buffers',
				samples,
				mib((one) => one.arrayBuffers),
				COLOURS.green,
			),
			points(
				'Array buffers at rest',
				atRest,
				mib((one) => one.arrayBuffers),
				COLOURS.green,
			),
		],
	});
}

/** Open things over time, and uploads a minute below, as SVG. */
export function drawHandles(samples: Sample[]): string {
	const atRest = samples.filter(({ phase }) => phase !== 'load');
	const unconnected = (sample: Sample) => sample.descriptors - connections(sample);
	return draw(640, {
		title: heading('What the process holds open', 'lines: under load · points: at rest'),
		legend: legend(),
		grid: [
			{ left: 70, right: 30, top: 110, height: 280 },
			{ left: 70, right: 30, top: 460, height: 110 },
		],
		xAxis: [
			{ ...minutes(samples), name: '' },
			{ ...minutes(samples), gridIndex: 1 },
		],
		yAxis: [amount('count'), { ...amount('files / min'), gridIndex: 1, splitNumber: 3 }],
		series: [
			line('File descriptors', samples, ({ descriptors }) => descriptors, COLOURS.blue),
			points('Descriptors at rest, without connections', atRest, unconnected, COLOURS.blue),
			line('Connections', samples, connections, COLOURS.orange),
			points('Connections kept at rest', atRest, connections, COLOURS.orange),
			line('Timers', samples, timers, COLOURS.purple),
			points('Other handles at rest', atRest, handles, COLOURS.green),
			{
				...{ type: 'bar', name: 'Uploads per minute', xAxisIndex: 1, yAxisIndex: 1 },
				data: uploadsPerMinute(samples),
				itemStyle: { color: COLOURS.grey },
				barMaxWidth: 24,
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

function heading(text: string, subtext: string): EChartsOption['title'] {
	return { text, subtext, left: 20, top: 12, subtextStyle: { color: '#444444' } };
}

function legend(): EChartsOption['legend'] {
	return { top: 62, left: 20, right: 20, itemGap: 14, textStyle: { color: '#222222' } };
}

function minutes(samples: Sample[]) {
	const name = 'minutes';
	const max = Math.ceil(samples[samples.length - 1].at / 60);
	return { type: 'value', name, nameLocation: 'middle', nameGap: 28, min: 0, max } as const;
}

function amount(name: string) {
	return { type: 'value', name, min: 0, nameTextStyle: { align: 'right' } } as const;
}

type Value = (sample: Sample) => number;

function line(name: string, samples: Sample[], value: Value, color: string) {
	const data = samples.filter(({ phase }) => phase === 'load').map(pairOf(value));
	const style = { lineStyle: { color, width: 1.2, opacity: 0.7 }, itemStyle: { color } };
	return { type: 'line', name, data, showSymbol: false, ...style } as const;
}

function points(name: string, samples: Sample[], value: Value, color: string) {
	const data = samples.map(pairOf(value));
	return { type: 'scatter', name, data, symbolSize: 6, itemStyle: { color } } as const;
}

function pairOf(value: Value) {
	return (sample: Sample): [number, number] => [sample.at / 60, value(sample)];
}
