import { pathOf } from '../../measure/binary-store';
import { MIB } from '../../measure/places';
import { atMostBytes, mebibytes, type RowReport } from '../../measure/report';
import { Rounds } from '../../measure/stats';
import { Worker } from '../child';
import { freshFolder } from '../places';
import type { Scale } from '../scale';
import { startService, type Service } from '../service';
import { stageFiles } from '../stage';
import type { Task } from '../tasks';
import { peakCell } from './peaks';

type Contender = 'Upload File' | 'undici.request' | 'httpRequest';

const CONTENDERS: Contender[] = ['Upload File', 'undici.request', 'httpRequest'];

/** Bytes that the growth may be apart between the smallest and the largest file. */
const SAME_WITHIN = 16 * MIB;
const LIMIT = 64 * MIB;
const LIMIT_OF_LARGEST = 36 * MIB;

/** Peak memory of the process that uploads, by file size. */
export async function measureMemory({ quick, runs, say }: Scale): Promise<RowReport> {
	const sizes = (quick ? [16, 64] : [256, 1024, 4096]).map((size) => size * MIB);
	const service = await startService('--hashes', 'md5,crc64');
	const growth = new Rounds<string>();
	const time = new Rounds<string>();
	try {
		for (const size of sizes) {
			const dataFolder = await freshFolder('memory');
			const [warmUp] = await stageFiles(dataFolder, 1, MIB);
			const [file] = await stageFiles(dataFolder, 1, size);
			const tasks = tasksFor(service, file, pathOf(dataFolder, file));
			const warmUps = tasksFor(service, warmUp, pathOf(dataFolder, warmUp));
			for (let round = 1; round <= runs; round++) {
				for (const name of CONTENDERS) {
					// The helper holds the whole file: 4 GiB more of memory would show nothing new.
					if (name === 'httpRequest' && size > 1024 * MIB) continue;
					const worker = new Worker(dataFolder);
					try {
						await worker.run(await warmUps[name]());
						const result = await worker.measureMemory(await tasks[name]());
						growth.add(`${name} ${size}`, result.growth);
						time.add(`${name} ${size}`, result.ms);
						say(`${name} ${mebibytes(size)} round ${round}: ${mebibytes(result.growth)}`);
					} finally {
						await worker.stop();
					}
				}
			}
		}
	} finally {
		await service.stop();
	}
	return report(sizes, growth, time);
}

function tasksFor(
	{ apiUrl, seed, permit }: Service,
	file: Extract<Task, { kind: 'node' }>['files'][number],
	path: string,
): Record<Contender, () => Promise<Task>> {
	const files = [file];
	return {
		'Upload File': async () => ({ kind: 'node', apiUrl, seed, files }),
		'undici.request': async () => ({ kind: 'undici', path, permit: await permit() }),
		httpRequest: async () => ({ kind: 'helper', apiUrl, seed, files, careful: false }),
	};
}

function report(sizes: number[], growth: Rounds<string>, time: Rounds<string>): RowReport {
	const cell = (name: Contender, size: number) => {
		const key = `${name} ${size}`;
		if (!growth.has(key)) return '–';
		return peakCell({ growth, time }, key);
	};
	const ours = sizes.map((size) => growth.median(`Upload File ${size}`));
	const difference = Math.abs(ours[ours.length - 1] - ours[0]);
	const rows = sizes.map((size) => [
		mebibytes(size),
		...CONTENDERS.map((name) => cell(name, size)),
	]);
	return {
		id: 'b',
		title: 'Peak memory',
		about:
			'Peak of the resident memory (VmHWM, kept by the kernel, so nothing is missed between samples) above its value before the upload. Every figure is of a fresh process that has loaded n8n and has uploaded one file of 1 MiB. Median, the largest value and the time.',
		figures: [
			...sizes.map((size, index) => {
				const limit = index === sizes.length - 1 ? LIMIT_OF_LARGEST : LIMIT;
				return atMostBytes(`growth at ${mebibytes(size)}`, ours[index], limit);
			}),
			{
				name: `difference between ${mebibytes(sizes[0])} and ${mebibytes(sizes[sizes.length - 1])}`,
				measured: mebibytes(difference),
				toReach: `the same (within ${mebibytes(SAME_WITHIN)})`,
				reached: difference <= SAME_WITHIN,
			},
		],
		tables: [[['File', 'Upload File', 'undici.request', "n8n's httpRequest, defaults"], ...rows]],
		notes: [
			"What grows is not the file: it is read buffers on their way, which the garbage collector frees late. n8n's `httpRequest` keeps the whole body in case it is redirected.",
		],
	};
}
