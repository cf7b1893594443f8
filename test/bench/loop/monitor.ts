import { createServer } from 'node:http';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import type { Watched } from './watch';

/**
 * Loaded into n8n's process before n8n itself, which it leaves alone: it watches how late timers are,
 * and tells it to who asks at the port of the environment.
 */
const { BENCH_LOOP_PORT: port } = process.env;

/** Milliseconds between two looks; Node.js counts them into what it finds. */
const RESOLUTION = 10;

// The programs that n8n starts have the same environment.
if (port && process.argv[2] === 'start') watch(Number(port));

function watch(at: number): void {
	const histogram = monitorEventLoopDelay({ resolution: RESOLUTION });
	setFlagsFromString('--expose-gc');
	const collectGarbage = runInNewContext('gc') as () => void;
	histogram.enable();
	const delay = (value: number) => Math.max(0, value / 1e6 - RESOLUTION);
	let processor = process.cpuUsage();
	const acts: Record<string, () => Promise<Watched | undefined>> = {
		'/begin': async () => {
			// What was done before is not what is watched.
			collectGarbage();
			await sleep(5 * RESOLUTION);
			histogram.reset();
			processor = process.cpuUsage();
			return undefined;
		},
		'/end': async () => {
			const { user, system } = process.cpuUsage(processor);
			const [p50, p99] = [50, 99].map((percent) => delay(histogram.percentile(percent)));
			return { delay: { p50, p99, max: delay(histogram.max) }, processor: (user + system) / 1_000 };
		},
	};
	const server = createServer((request, response) => {
		void acts[request.url ?? '']?.().then((found) => response.end(JSON.stringify(found ?? {})));
	});
	server.listen(at, '127.0.0.1').unref();
}
