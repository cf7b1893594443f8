import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** Files below a folder that this process holds open. */
export function openFiles(folder: string): string[] {
	return readdirSync('/proc/self/fd')
		.map(targetOf)
		.filter((target) => target.startsWith(folder));
}

/** Connections of this machine to a port of 127.0.0.1 whose near end is still in use. */
export function openSockets(url: string): number {
	const port = Number(new URL(url).port).toString(16).toUpperCase().padStart(4, '0');
	const lines = readFileSync('/proc/net/tcp', 'utf8').trim().split('\n').slice(1);
	return lines.filter((line) => {
		const [, , remote, state] = line.trim().split(/\s+/);
		return remote.endsWith(`:${port}`) && state === ESTABLISHED;
	}).length;
}

const ESTABLISHED = '01';

/** Timers of this process that run. */
export function openTimers(): number {
	return process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
}

function targetOf(descriptor: string): string {
	try {
		return readlinkSync(`/proc/self/fd/${descriptor}`);
	} catch {
		// It was the one that listed the folder.
		return '';
	}
}
