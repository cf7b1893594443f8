import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { GIB, MIB } from '../../measure/places';
import {
	atLeast,
	atMost,
	atMostBytes,
	rangeInSeconds,
	seconds,
	type RowReport,
} from '../../measure/report';
import { Rounds } from '../../measure/stats';
import { Worker } from '../child';
import { curlDownload } from '../curl';
import { assertSpace, freshFolder } from '../places';
import type { Scale } from '../scale';
import { startService } from '../service';
import type { Task } from '../tasks';

type Contender =
	'Download File' | 'undici.request' | 'undici.request, taking the CRC-64' | 'curl -o';

const CONTENDERS: Contender[] = [
	'Download File',
	'undici.request',
	'undici.request, taking the CRC-64',
	'curl -o',
];

/** Bytes that the growth of the process may be, whatever the file. */
const LIMIT = 64 * MIB;

interface Measured {
	time: Rounds<Contender>;
	processor: Rounds<Contender>;
	/** Bytes that the process of the node grew. */
	growth: number;
	size: number;
}

/** One large file from the storage to the disk. */
export async function measureDownload({ quick, runs, say }: Scale): Promise<RowReport> {
	const size = quick ? 64 * MIB : GIB;
	await assertSpace(3 * size);
	const dataFolder = await freshFolder('download');
	const path = join(dataFolder, 'plain.bin');
	const service = await startService('--hashes', 'md5,crc64');
	const dentry = await service.plant(size);
	const { apiUrl, seed } = service;
	const node = new Worker(dataFolder);
	const bare = new Worker(dataFolder);
	const permit = async () => await service.downloadPermit(dentry);
	const task: Task = { kind: 'download', apiUrl, seed, dentry };
	const contenders: Record<Contender, () => Promise<{ ms: number; cpu?: number }>> = {
		'Download File': async () => await node.run(task),
		'undici.request': async () =>
			await bare.run({ kind: 'undiciGet', path, permit: await permit() }),
		'undici.request, taking the CRC-64': async () =>
			await bare.run({ kind: 'undiciGet', path, permit: await permit(), hash: 'crc64' }),
		'curl -o': async () => ({ ms: await curlDownload(path, await permit()) }),
	};
	const time = new Rounds<Contender>();
	const processor = new Rounds<Contender>();
	let growth: number;
	try {
		for (let round = 0; round <= runs; round++) {
			for (const name of CONTENDERS) {
				await mkdir(dataFolder, { recursive: true });
				const { ms, cpu } = await contenders[name]();
				await clear(dataFolder, path);
				// The first round warms up: code is compiled.
				if (round === 0) continue;
				time.add(name, ms);
				if (cpu !== undefined) processor.add(name, cpu);
			}
			say(`round ${round}`);
		}
		growth = await growthOf(dataFolder, { ...task, dentry: await service.plant(MIB) }, task);
	} finally {
		await Promise.all([node.stop(), bare.stop(), service.stop()]);
	}
	return report({ time, processor, growth, size });
}

/**
 * By how many bytes a fresh process grows that has done a small task before. Not measured together
 * with the time: the collections before it change how often Node.js collects afterwards.
 */
async function growthOf(dataFolder: string, warmUp: Task, task: Task): Promise<number> {
	const worker = new Worker(dataFolder);
	try {
		await worker.run(warmUp);
		return (await worker.measureMemory(task)).growth;
	} finally {
		await worker.stop();
	}
}

/** Removes what was downloaded, so that the disk does not fill up. */
async function clear(dataFolder: string, path: string): Promise<void> {
	await rm(path, { force: true });
	const files = join(dataFolder, '.n8n', 'storage', 'workflows');
	await rm(files, { recursive: true, force: true });
}

function report({ time, processor, growth, size }: Measured): RowReport {
	const speed = (other: Contender) => time.ratio(other, 'Download File');
	const used = processor.median('Download File');
	const row = (name: Contender) => [
		name,
		seconds(time.median(name)),
		rangeInSeconds(time.range(name)),
		`${(size / MIB / (time.median(name) / 1000)).toFixed(0)} MiB/s`,
		processor.has(name) ? seconds(processor.median(name)) : '–',
		time.ratio(name, 'Download File').toFixed(2),
	];
	return {
		id: 'j',
		title: `Download of one file of ${size / MIB} MiB`,
		about:
			"Download File (token, download info, GET with CRC-64, into n8n's binary store on disk) in n8n's engine, against the bare GET of the same object from the same storage process into a file. Speeds are relative: 1.00 is as fast. The growth is the peak of the resident memory (VmHWM) of a fresh process, which has downloaded one file of 1 MiB, above its value before the download.",
		figures: [
			atLeast(
				'speed ÷ undici.request, taking the CRC-64',
				speed('undici.request, taking the CRC-64'),
				0.75,
			),
			atLeast('speed ÷ undici.request', speed('undici.request'), 0.9),
			atLeast('speed ÷ curl -o', speed('curl -o'), 0.75),
			atMost('processor time, seconds per GiB', Number((used / 1000 / (size / GIB)).toFixed(2)), 2),
			atMostBytes('growth of the process', growth, LIMIT),
		],
		tables: [
			[
				['', 'Time (median)', 'Range (s)', 'Rate', 'Processor time', 'Time ÷ Download File'],
				...CONTENDERS.map(row),
			],
		],
		notes: [
			`Download File uses ${seconds(used)} of processor time, of all threads, ${seconds(processor.median('undici.request'))} of which a bare undici needs as well. It takes the CRC-64 of what comes on the thread that also receives, so that no file comes out that differs from what is stored; curl and the bare undici do not look. The storage sends faster than any line to it: on a line slower than the rates above the checksum costs no time.`,
		],
	};
}
