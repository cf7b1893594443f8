import { setTimeout as sleep } from 'node:timers/promises';

import { call } from '../../measure/local-process';

/** Asks again and again, whether or not the earlier answers have come. */
export function askEvery(every: number, url: string): { stop(): Promise<number[]> } {
	const asked: Array<Promise<number>> = [];
	const stop = new AbortController();
	const loop = async () => {
		while (!stop.signal.aborted) {
			const answer = ask(url);
			// Whoever waits for all of them is told.
			answer.catch(() => undefined);
			asked.push(answer);
			await sleep(every, undefined, { signal: stop.signal }).catch(() => undefined);
		}
	};
	const running = loop();
	return {
		stop: async () => {
			stop.abort();
			await running;
			return await Promise.all(asked);
		},
	};
}

/** @returns milliseconds until the answer is there */
export async function ask(url: string): Promise<number> {
	const begun = performance.now();
	await call(url, { method: 'POST' });
	return performance.now() - begun;
}
