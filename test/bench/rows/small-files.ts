import { cpus } from 'node:os';

import { KIB } from '../../measure/places';
import { atMost, seconds, type RowReport } from '../../measure/report';
import { Rounds } from '../../measure/stats';
import { Worker } from '../child';
import { freshFolder } from '../places';
import type { Scale } from '../scale';
import { startService, type Service } from '../service';
import { stageFiles } from '../stage';
import type { UploadTask } from '../tasks';

const LATENCY = 40;
const DEFAULT_CONCURRENCY = 8;
const PINGS = 25;

const CONNECTIONS_NOTE =
	'Why there are more connections to the API than files at a time: undici frees a connection one turn of the event loop after its answer; the next call, made in the same turn (the commit of one file, then the upload info of the next), finds none free and opens another.';

interface Outcome {
	ms: number;
	/** Milliseconds of the node's process. */
	cpu: number;
	/** Milliseconds that a bare request takes, the added latency included. */
	roundTrip: number;
	requests: number;
	connections: Record<'api' | 'oss', number>;
}

/** Many small files over a slow line: how full the pipeline is, by `maxConcurrency`. */
export async function measureSmallFiles({ quick, runs, say }: Scale): Promise<RowReport> {
	const count = quick ? 50 : 500;
	const levels = [1, 4, 8, 16, 32];
	const dataFolder = await freshFolder('small-files');
	const [warmUp, ...files] = await stageFiles(dataFolder, count + 1, 64 * KIB);
	const service = await startService('--hashes', 'md5,crc64', '--latency', String(LATENCY));
	const { apiUrl, seed } = service;
	const time = new Rounds<number>();
	const last = new Map<number, Outcome>();
	try {
		for (let round = 1; round <= runs; round++) {
			for (const level of levels) {
				const task = { apiUrl, seed, files };
				const outcome = await once(service, dataFolder, { ...task, level, warmUp });
				time.add(level, outcome.ms);
				last.set(level, worse(outcome, last.get(level)));
				say(`round ${round}, ${level} at a time: ${seconds(outcome.ms)}`);
			}
		}
	} finally {
		await service.stop();
	}
	return report(count, levels, time, last);
}

/** One execution in a fresh process; the warm-up's requests and connections are counted too. */
async function once(
	service: Service,
	dataFolder: string,
	{ level, warmUp, ...task }: UploadTask & { level: number; warmUp: UploadTask['files'][number] },
): Promise<Outcome> {
	const options = { maxConcurrency: level, maxRequestsPerSecond: 1000 };
	const worker = new Worker(dataFolder);
	try {
		await service.reset();
		await worker.run({ kind: 'node', ...task, files: [warmUp], options });
		const before = requests((await service.state()).counts);
		const { ms, cpu } = await worker.run({ kind: 'node', ...task, options });
		const { counts, connections } = await service.state();
		const { apiUrl, seed } = task;
		const pings = await worker.run({ kind: 'ping', apiUrl, seed, count: PINGS });
		const { api, oss } = connections;
		return {
			ms,
			cpu,
			roundTrip: pings.ms / PINGS,
			requests: requests(counts) - before,
			connections: { api: api.opened, oss: oss.opened },
		};
	} finally {
		await worker.stop();
	}
}

function requests(counts: Record<string, number>): number {
	return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

/** The connections of the round that opened the most. */
function worse(outcome: Outcome, before = outcome): Outcome {
	const most = (front: 'api' | 'oss') =>
		Math.max(outcome.connections[front], before.connections[front]);
	return { ...outcome, connections: { api: most('api'), oss: most('oss') } };
}

function report(
	count: number,
	levels: number[],
	time: Rounds<number>,
	last: Map<number, Outcome>,
): RowReport {
	const ideal = (level: number) => ((last.get(level)?.requests ?? 0) * LATENCY) / level;
	const rows = levels.map((level) => [
		level === DEFAULT_CONCURRENCY ? `${level} (default)` : String(level),
		seconds(time.median(level)),
		seconds(ideal(level)),
		(time.median(level) / ideal(level)).toFixed(2),
		`${((last.get(level)?.cpu ?? 0) / count).toFixed(1)} ms`,
		String(last.get(level)?.connections.api),
		String(last.get(level)?.connections.oss),
	]);
	const chosen = last.get(DEFAULT_CONCURRENCY) as Outcome;
	const { roundTrip } = chosen;
	const perFile = (3 * LATENCY) / 1000;
	return {
		id: 'c',
		title: `${count} files of 64 KiB, ${LATENCY} ms per request`,
		about:
			'The service adds 40 ms to every request on both fronts. Ideal is requests × latency ÷ concurrency: a pipeline that is never empty and does nothing but wait. The limit of calls a second is set to 1000, so that the pipeline shows and not the limit. Connections are the most of any round.',
		figures: [
			atMost(
				`elapsed ÷ ideal at the default of ${DEFAULT_CONCURRENCY}`,
				time.median(DEFAULT_CONCURRENCY) / ideal(DEFAULT_CONCURRENCY),
				1.15,
			),
			atMost('connections to the API', chosen.connections.api, DEFAULT_CONCURRENCY),
			atMost('connections to the storage', chosen.connections.oss, DEFAULT_CONCURRENCY),
		],
		tables: [
			[
				[
					'maxConcurrency',
					'Elapsed',
					'Ideal',
					'Elapsed ÷ ideal',
					'Processor time per file',
					'API connections',
					'Storage connections',
				],
				...rows,
			],
		],
		notes: [
			`Where the rest goes: a bare undici request, one after the other, takes ${roundTrip.toFixed(1)} ms instead of ${LATENCY} here (timer, loopback, the service's own work), which alone makes ${(roundTrip / LATENCY).toFixed(2)} of ideal. The rest is the processor time of the node's process and of the service, which share ${cpus().length} cores; from 16 at a time on it is what counts.`,
			...(chosen.connections.api > DEFAULT_CONCURRENCY ? [CONNECTIONS_NOTE] : []),
			`Why ${DEFAULT_CONCURRENCY} is the default: DingTalk takes 20 calls a second of each API, and a file needs one call of each. At ${LATENCY} ms a file takes ${perFile} s, so ${Math.ceil(20 * perFile)} at a time already reach that limit; 8 reach it up to ${((8 / 20 / 3) * 1000).toFixed(0)} ms per request. More would only hold more memory and connections.`,
		],
	};
}
