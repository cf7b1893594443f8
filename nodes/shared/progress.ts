import type { Logger } from 'n8n-workflow';

/** Milliseconds between two log lines of one upload; short uploads write none. */
const LOG_EVERY = 10_000;

export interface ProgressOptions {
	fileName: string;
	/** Bytes. */
	size: number;
	attempt: number;
	now?: () => number;
}

/**
 * Logs the progress of a long upload: one line at level info every ten seconds, and one at level
 * debug for each percent.
 *
 * @returns a function to call with the number of bytes sent so far
 */
export function progressLog(
	logger: Logger | undefined,
	{ fileName, size, attempt, now = Date.now }: ProgressOptions,
): (bytes: number) => void {
	const started = now();
	let logged = started;
	let percent = 0;
	return (bytes) => {
		const reached = size === 0 ? 100 : Math.floor((bytes / size) * 100);
		if (reached === percent) return;
		percent = reached;
		const rate = Math.round(bytes / Math.max(1, now() - started)) * 1000;
		const meta = { fileName, bytes, size, percent, bytesPerSecond: rate, attempt };
		logger?.debug(`Uploading "${fileName}": ${percent} %`, meta);
		if (now() - logged < LOG_EVERY) return;
		logged = now();
		logger?.info(
			`Uploading "${fileName}": ${percent} % of ${inMiB(size)} MiB at ${inMiB(rate)} MiB/s, attempt ${attempt}`,
			meta,
		);
	};
}

function inMiB(bytes: number): string {
	return (bytes / 2 ** 20).toFixed(1);
}
