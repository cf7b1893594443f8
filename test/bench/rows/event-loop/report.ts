import {
	atMost,
	mebibytes,
	milliseconds,
	seconds,
	type RowReport,
	type Table,
} from '../../../measure/report';
import { median, percentile, type Rounds } from '../../../measure/stats';
import type { LoopDelay } from '../../loop/watch';
import { ahead } from '../verdicts';
import { LOADS, NAMES, type Flow, type Load } from './flows';

/** Milliseconds. */
const LIMIT = 25;

/** What was found with each load. */
export interface Measured {
	/** Milliseconds that the load took. */
	time: Rounds<Load>;
	/** Milliseconds of processor time that n8n's process took meanwhile. */
	processor: Rounds<Load>;
	delay: Record<keyof LoopDelay, Rounds<Load>>;
	/** Milliseconds until each answer of the webhook, of all rounds. */
	answers: Map<Load, number[]>;
}

interface Told {
	measured: Measured;
	size: number;
	/** Of n8n. */
	version: string;
	/** Milliseconds between two calls of the webhook. */
	every: number;
}

/** The row of the document. */
export function report({ measured, size, version, every }: Told): RowReport {
	const { p99 } = measured.delay;
	const limit = (flow: Flow) =>
		atMost(`${NAMES[flow]}: p99 of the delay, ms`, Number(p99.median(flow).toFixed(1)), LIMIT);
	const below = (flow: Flow) =>
		ahead(`p99 of the delay: ${NAMES.http} ÷ ${NAMES[flow]}`, p99.ratio('http', flow));
	return {
		id: 'g',
		title: `The rest of n8n while ${mebibytes(size)} go up`,
		about: `A real n8n (${version}, \`n8n start\`) with a webhook for each workflow. Watched inside its process is how late timers are (\`perf_hooks.monitorEventLoopDelay\` every 10 ms, these 10 ms taken off), from when the file is read from the disk, and garbage collected, to the answer of the workflow. Meanwhile another webhook, whose workflow only answers, is called every ${every} ms from outside, whether or not it has answered yet. HTTP Request nodes do the same upload to the same local DingTalk as in row (d); with their defaults they keep the whole body in memory. Delays are medians over the rounds; answer times are of the answers of all rounds.`,
		figures: [limit('dingtalk'), limit('pds'), below('dingtalk'), below('pds')],
		tables: [delays(measured), answerTimes(measured)],
		notes: [
			'The storage takes only the CRC-64, and shares two cores with n8n, whose garbage collector and database have threads of their own.',
			'n8n runs on Node.js 24. There V8 walks through the whole heap of n8n after every 64 MiB that were read into new memory; our nodes give the memory of each piece back at once, so that it does not.',
			'After each piece our nodes leave a busy event loop to the others for up to eight cycles: an execution of the other webhook takes some hundred.',
			'Calls of the webhook are work of the same thread: what they cost by themselves is in the line "nothing". Checksums are taken chunk by chunk, so that others get their turn between any two.',
		],
	};
}

function delays({ time, processor, delay }: Measured): Table {
	const rows = LOADS.map((load) => [
		NAMES[load],
		seconds(time.median(load)),
		seconds(processor.median(load)),
		...(['p50', 'p99', 'max'] as const).map((name) => milliseconds(delay[name].median(load))),
		milliseconds(delay.max.range(load)[1]),
	]);
	return [
		[
			'Going on',
			'Time',
			'Processor time',
			'Delay: median',
			'p99',
			'Longest',
			'Longest of any round',
		],
		...rows,
	];
}

function answerTimes({ answers }: Measured): Table {
	const rows = LOADS.map((load) => {
		const times = answers.get(load) ?? [];
		const told = [median(times), percentile(times, 99), Math.max(...times)].map(milliseconds);
		return [NAMES[load], ...told, String(times.length)];
	});
	return [['Going on', 'Answer of the webhook: median', 'p99', 'Longest', 'Answers'], ...rows];
}
