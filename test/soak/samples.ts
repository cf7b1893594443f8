import type { Census } from './census';
import type { InnerSample } from './messages';

/** What was done up to a moment. */
export interface Progress {
	executions: number;
	/** Files that came out of the node. */
	files: number;
	/** Files that are stored once, with equal checksums. */
	uploads: number;
	bytes: number;
	expectedFailures: number;
	problems: number;
}

/** One look at the process. */
export interface Sample extends Progress, Census, InnerSample {
	/** Seconds since the start. */
	at: number;
	/**
	 * `load`: executions are running. `rest`: none is, and garbage was collected. `idle`: nothing will
	 * run any more. `end`: connections have had the time to be given up.
	 */
	phase: 'load' | 'rest' | 'idle' | 'end';
}

/** Connections to the services, in use or kept. */
export function connections({ sockets }: Sample): number {
	return Object.values(sockets).reduce((sum, count) => sum + count, 0);
}

/** Connections with a request on them: kept ones do not keep Node.js busy. */
export function inUse({ resources }: Sample): number {
	return resources.TCPSocketWrap ?? 0;
}

export function timers({ resources }: Sample): number {
	return resources.Timeout ?? 0;
}

/** What keeps Node.js busy, without timers and connections. */
export function handles({ resources }: Sample): number {
	const { Timeout = 0, TCPSocketWrap = 0 } = resources;
	return Object.values(resources).reduce((sum, count) => sum + count, 0) - Timeout - TCPSocketWrap;
}

const COLUMNS: Record<string, (sample: Sample) => string | number> = {
	seconds: ({ at }) => at.toFixed(1),
	phase: ({ phase }) => phase,
	rss: ({ rss }) => rss,
	heapUsed: ({ heapUsed }) => heapUsed,
	external: ({ external }) => external,
	arrayBuffers: ({ arrayBuffers }) => arrayBuffers,
	descriptors: ({ descriptors }) => descriptors,
	storeFiles: ({ storeFiles }) => storeFiles,
	connections,
	inUse,
	timers,
	handles,
	executions: ({ executions }) => executions,
	files: ({ files }) => files,
	uploads: ({ uploads }) => uploads,
	bytes: ({ bytes }) => bytes,
	expectedFailures: ({ expectedFailures }) => expectedFailures,
	problems: ({ problems }) => problems,
	sockets: ({ sockets }) => pairs(sockets),
	resources: ({ resources }) => pairs(resources),
};

/** All samples as CSV. */
export function toCsv(samples: Sample[]): string {
	const columns = Object.values(COLUMNS);
	const rows = samples.map((sample) => columns.map((column) => column(sample)).join(','));
	return [Object.keys(COLUMNS).join(','), ...rows, ''].join('\n');
}

function pairs(counts: Record<string, number>): string {
	return Object.entries(counts)
		.map(([name, count]) => `${name}=${count}`)
		.join(' ');
}
