import { setTimeout as sleep } from 'node:timers/promises';

import { call } from '../../../measure/local-process';
import { GIB, MIB } from '../../../measure/places';
import { milliseconds, seconds, type RowReport } from '../../../measure/report';
import { percentile, Rounds } from '../../../measure/stats';
import { ask, askEvery } from '../../loop/ask';
import type { Watched } from '../../loop/watch';
import { startPdsService, type PdsService } from '../../pds/service';
import { freshFolder } from '../../places';
import type { Scale } from '../../scale';
import { startService, type Service } from '../../service';
import { assertFile } from '../pds/contenders';
import { LOADS, NAMES, type Load } from './flows';
import { report, type Measured } from './report';
import { startWatchedServer, type WatchedServer } from './server';

/**
 * Milliseconds between two calls of the webhook that answers. An execution is some 30 ms of work for
 * n8n: with many more of them the answers would tell how long their queue is.
 */
const ASK_EVERY = 400;

/** Milliseconds that the server is watched doing nothing else. */
const IDLE = 4_000;

/** How long everything else in n8n has to wait while one large file goes up. */
export async function measureEventLoop({ quick, runs, say }: Scale): Promise<RowReport> {
	const size = quick ? 64 * MIB : GIB;
	const folder = await freshFolder('event-loop');
	// Only what answers the upload: the storage shares two cores with n8n.
	const dingTalk = await startService('--hashes', 'crc64');
	const pds = await startPdsService('--hashes=crc64');
	const measured: Measured = {
		time: new Rounds(),
		processor: new Rounds(),
		delay: { p50: new Rounds(), p99: new Rounds(), max: new Rounds() },
		answers: new Map(),
	};
	try {
		const server = await startWatchedServer(folder, { dingTalk, pds }, size, say);
		try {
			for (let round = 0; round <= runs; round++) {
				for (const load of LOADS) {
					const found = await measureOne(server, load, { dingTalk, pds }, size);
					// The first round compiles the code.
					if (round === 0) continue;
					add(measured, load, found);
					say(`round ${round}: ${NAMES[load]} ${tell(found)}`);
				}
			}
			return report({ measured, size, version: server.version, every: ASK_EVERY });
		} finally {
			await server.stop();
		}
	} finally {
		await Promise.all([dingTalk.stop(), pds.stop()]);
	}
}

/** What was found with one load, once. */
interface Found extends Watched {
	ms: number;
	answers: number[];
}

async function measureOne(
	server: WatchedServer,
	load: Load,
	{ dingTalk, pds }: { dingTalk: Service; pds: PdsService },
	size: number,
): Promise<Found> {
	await Promise.all([dingTalk.reset(), pds.reset()]);
	await ask(server.webhook('answer'));
	const watching = watchFrom(server);
	if (load === 'nothing') {
		await watching.begin();
		await sleep(IDLE);
	} else {
		server.gate.onArrival(watching.begin);
		await call(server.webhook(load), { method: 'POST', signal: AbortSignal.timeout(300_000) });
	}
	const found = await watching.end();
	await server.forgetFiles();
	if (load === 'pds') await assertFile(pds, size);
	else if (load !== 'nothing') await assertStored(dingTalk, size);
	return found;
}

/** Watches from when it is told to: reading the file from the disk is not the upload. */
function watchFrom({ watch, webhook }: WatchedServer) {
	let begun = 0;
	let asking: ReturnType<typeof askEvery>;
	return {
		begin: async () => {
			await watch.begin();
			asking = askEvery(ASK_EVERY, webhook('answer'));
			begun = performance.now();
		},
		end: async (): Promise<Found> => {
			const ms = performance.now() - begun;
			const watched = await watch.end();
			return { ms, ...watched, answers: await asking.stop() };
		},
	};
}

async function assertStored(service: Service, size: number): Promise<void> {
	const sizes = (await service.state()).files.map((file) => file.size).join(' ');
	if (sizes !== String(size)) throw new Error(`Instead of ${size} bytes there are: ${sizes}`);
}

function add({ time, processor, delay, answers }: Measured, load: Load, found: Found): void {
	time.add(load, found.ms);
	processor.add(load, found.processor);
	for (const name of ['p50', 'p99', 'max'] as const) delay[name].add(load, found.delay[name]);
	answers.set(load, [...(answers.get(load) ?? []), ...found.answers]);
}

function tell({ ms, processor, delay, answers }: Found): string {
	const answer = `${milliseconds(percentile(answers, 50))} (${answers.length} answers)`;
	return `${seconds(ms)}, processor ${seconds(processor)}, delay p99 ${milliseconds(delay.p99)}, answer ${answer}`;
}
