import { KIB, MIB } from '../../measure/places';
import {
	atMostBytes,
	mebibytes,
	rangeInSeconds,
	seconds,
	type RowReport,
} from '../../measure/report';
import { Rounds } from '../../measure/stats';
import { Worker } from '../child';
import { freshFolder } from '../places';
import type { Scale } from '../scale';
import { startService } from '../service';
import { stageFiles } from '../stage';
import type { Task } from '../tasks';

/** Files that one batch of the rival sends at the same time: as many as our node does by default. */
const BATCH = 8;

/** Files that compile the code and open the connections. */
const WARM_UP = 100;

const FILE_SIZE = 4 * KIB;
const LIMIT = 64 * MIB;

const OURS = 'Upload File';
const RIVAL = `httpRequest, batches of ${BATCH}`;
const CONTENDERS = [OURS, RIVAL];

/** What each run came to. */
interface Measured {
	/** Milliseconds. */
	time: Rounds<string>;
	processor: Rounds<string>;
	/** Bytes. */
	growth: Rounds<string>;
}

/** So many small files in one execution that what each leaves behind would show. */
export async function measureManyFiles({ quick, runs, say }: Scale): Promise<RowReport> {
	const count = quick ? 500 : 10_000;
	const dataFolder = await freshFolder('many-files');
	const files = await stageFiles(dataFolder, count, FILE_SIZE);
	const service = await startService('--hashes', 'crc64');
	const { apiUrl, seed } = service;
	const tasks: Record<string, Task> = {
		[OURS]: { kind: 'node', apiUrl, seed, files, options: { maxRequestsPerSecond: 1000 } },
		[RIVAL]: { kind: 'helper', apiUrl, seed, files, careful: true, batch: BATCH },
	};
	const measured: Measured = { time: new Rounds(), processor: new Rounds(), growth: new Rounds() };
	try {
		for (let round = 1; round <= runs; round++) {
			for (const name of CONTENDERS) {
				await service.reset();
				const worker = new Worker(dataFolder);
				try {
					const warmUp = { ...tasks[name], files: files.slice(0, WARM_UP) } as Task;
					await worker.run(warmUp);
					const { ms, cpu, growth } = await worker.measureMemory(tasks[name]);
					measured.time.add(name, ms);
					measured.processor.add(name, cpu);
					measured.growth.add(name, growth);
					say(`round ${round}: ${name} ${seconds(ms)}, +${mebibytes(growth)}`);
				} finally {
					await worker.stop();
				}
				const stored = (await service.state()).files.length - WARM_UP;
				if (stored !== count) throw new Error(`${stored} of ${count} files are there`);
			}
		}
	} finally {
		await service.stop();
	}
	return report(count, measured);
}

function report(count: number, { time, processor, growth }: Measured): RowReport {
	const row = (name: string) => [
		name,
		seconds(time.median(name)),
		rangeInSeconds(time.range(name)),
		time.ratio(name, OURS).toFixed(2),
		(count / (time.median(name) / 1000)).toFixed(0),
		`${(processor.median(name) / count).toFixed(2)} ms`,
		`${mebibytes(growth.median(name))} (most ${mebibytes(growth.range(name)[1])})`,
	];
	const all = count.toLocaleString('en');
	return {
		id: 'h',
		title: `${all} files of 4 KiB in one execution`,
		about: `No latency, no limit of calls at the service, and the node's own (Max Requests per Second) at its highest, 1000 calls of each API a second. The rival is n8n's \`httpRequest\`, which the HTTP Request node is made of, in a node of a few lines (token once; upload info, PUT, commit for each file), ${BATCH} files at a time and with redirects off, as HTTP Request sends them with its option Batching: Items per Batch ${BATCH}, no interval. Both run in the same engine of n8n, because a real n8n would add its own reading of the files, its record of the execution and the items of four more nodes to both figures. Each run is in a fresh process that has uploaded ${WARM_UP} files before; memory is its peak (VmHWM) above that.`,
		figures: [atMostBytes(`memory growth over ${all} files`, growth.median(OURS), LIMIT)],
		tables: [
			[
				[
					'',
					'Time (median)',
					'Range (s)',
					'Time ÷ ours',
					'Files a second',
					'Processor time a file',
					'Memory growth',
				],
				...CONTENDERS.map(row),
			],
		],
		notes: [
			'The items that come out, one a file, are part of the growth. The local service does all its work on one thread, which both wait for.',
		],
	};
}
