import type { Logger } from 'n8n-workflow';

/** Milliseconds between two log lines of one transfer; short ones write none. */
const LOG_EVERY = 10_000;

export interface ProgressOptions {
	fileName: string;
	/** Bytes. */
	size: number;
	attempt: number;
	/** Default "Uploading". */
	doing?: string;
	now?: () => number;
}

/**
 * Logs the progress of a long transfer: one line at level info every ten seconds, and one at level
 * debug for each percent.
 *
 * @returns a function to call with the number of bytes transferred so far
 */
export function progressLog(
	logger: Logger | undefined,
	{ fileName, size, attempt, doing = 'Uploading', now = Date.now }: ProgressOptions,
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
		logger?.debug(`${doing} "${fileName}": ${percent} %`, meta);
		if (now() - logged < LOG_EVERY) return;
		logged = now();
		logger?.info(
			`${doing} "${fileName}": ${percent} % of ${inMiB(size)} MiB at ${inMiB(rate)} MiB/s, attempt ${attempt}`,
			meta,
		);
	};
}

function inMiB(bytes: number): string {
	return (bytes / 2 ** 20).toFixed(1);
}
