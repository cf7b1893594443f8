import cliProgress from 'cli-progress';

import { sizeText } from './text';

interface Progress {
	update(bytes: number): void;
	end(bytes: number): void;
}

/**
 * Shows how far the work has come: a bar on a terminal; elsewhere, in a log for example, a line for
 * each quarter.
 *
 * @param work tells with `update` how many bytes it has done
 */
export async function withProgress<T>(
	label: string,
	total: number,
	work: (update: (bytes: number) => void) => Promise<T>,
): Promise<T> {
	const start = process.stdout.isTTY ? bar : lines;
	const progress = start(label, total, meter());
	let last = 0;
	try {
		return await work((bytes) => progress.update((last = bytes)));
	} finally {
		// A bar that is not stopped keeps the cursor hidden, and the process running
		progress.end(last);
	}
}

function bar(label: string, total: number, rate: (bytes: number) => string): Progress {
	const { SingleBar, Presets } = cliProgress;
	const shown = new SingleBar(
		{
			format: `${label.padEnd(9)} {bar} {percentage} %  {done} of ${sizeText(total)}  {rate}`,
			barsize: 28,
			hideCursor: true,
			stream: process.stdout,
		},
		Presets.shades_classic,
	);
	const payload = (bytes: number) => ({ done: sizeText(bytes), rate: rate(bytes) });
	// Nothing to send is sent already: the bar of an empty total would stay at 0 %
	const known = Math.max(1, total);
	const at = (bytes: number) => (total === 0 ? known : bytes);
	shown.start(known, at(0), { done: sizeText(0), rate: '' });
	return {
		update: (bytes) => shown.update(at(bytes), payload(bytes)),
		end: (bytes) => {
			shown.update(at(bytes), payload(bytes));
			shown.stop();
		},
	};
}

function lines(label: string, total: number, rate: (bytes: number) => string): Progress {
	let quarter = 0;
	const update = (bytes: number) => {
		const reached = Math.floor((4 * bytes) / Math.max(1, total));
		if (reached <= quarter || reached >= 4) return;
		quarter = reached;
		console.log(`${label}: ${quarter * 25} % of ${sizeText(total)}`);
	};
	return {
		update,
		end: (bytes) =>
			console.log(`${label}: ${sizeText(bytes)} of ${sizeText(total)}${comma(rate(bytes))}`),
	};
}

function comma(text: string): string {
	return text && `, ${text}`;
}

/** The mean speed so far; nothing in the first moments, when it would only be noise. */
function meter(): (bytes: number) => string {
	const started = performance.now();
	return (bytes) => {
		const seconds = (performance.now() - started) / 1000;
		return seconds < 0.05 ? '' : `${sizeText(bytes / seconds)}/s`;
	};
}
