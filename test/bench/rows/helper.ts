import { KIB, MIB } from '../../measure/places';
import {
	atLeast,
	mebibytes,
	rangeInSeconds,
	seconds,
	type Figure,
	type Table,
} from '../../measure/report';
import { Rounds } from '../../measure/stats';
import { Worker } from '../child';
import { freshFolder } from '../places';
import type { Scale } from '../scale';
import type { Service } from '../service';
import { stageFiles } from '../stage';
import type { Task, UploadTask } from '../tasks';
import { ahead, tenTimes } from './verdicts';

type Contender = 'Upload File' | 'httpRequest, defaults' | 'httpRequest, redirects off';

const NAMES: Contender[] = ['Upload File', 'httpRequest, defaults', 'httpRequest, redirects off'];

/** n8n's `httpRequest` helper against our node, each in a fresh process of n8n's engine. */
export async function measureHelper(
	{ plain, limited }: Record<'plain' | 'limited', Service>,
	{ runs, say, size, count }: Scale & { size: number; count: number },
): Promise<{ figures: Figure[]; tables: Table[] }> {
	const dataFolder = await freshFolder('helper');
	const [warmUp, large] = [
		...(await stageFiles(dataFolder, 1, MIB)),
		...(await stageFiles(dataFolder, 1, size)),
	];
	const small = await stageFiles(dataFolder, count, 64 * KIB);
	const rounds = new Rounds<string>();
	const works = [
		{ title: `One file of ${mebibytes(size)}, n8n's engine`, service: plain, files: [large] },
		{
			title: `${count} files of 64 KiB, 40 ms, 20 calls a second, n8n's engine`,
			service: limited,
			files: small,
		},
	];
	for (let round = 1; round <= runs; round++) {
		for (const { title, service, files } of works) {
			const { apiUrl, seed } = service;
			for (const [name, task] of contenders({ apiUrl, seed, files })) {
				await service.reset();
				const worker = new Worker(dataFolder);
				try {
					await worker.run({ ...task, files: [warmUp] } as Task);
					const { ms, growth } = await worker.measureMemory(task);
					rounds.add(`${title} ${name} ms`, ms);
					rounds.add(`${title} ${name} growth`, growth);
					say(`${title} – ${name}: ${seconds(ms)}, +${mebibytes(growth)}`);
				} finally {
					await worker.stop();
				}
			}
		}
	}
	const figures = works.flatMap(({ title }, index) => figuresOf(title, rounds, index === 0));
	return { figures, tables: works.map(({ title }) => tableOf(title, rounds)) };
}

function contenders(task: UploadTask): Array<[Contender, Task]> {
	return [
		['Upload File', { kind: 'node', ...task }],
		['httpRequest, defaults', { kind: 'helper', careful: false, ...task }],
		['httpRequest, redirects off', { kind: 'helper', careful: true, ...task }],
	];
}

function figuresOf(title: string, rounds: Rounds<string>, memory: boolean): Figure[] {
	const name = 'httpRequest, defaults';
	const key = (contender: Contender, what: string) => `${title} ${contender} ${what}`;
	const faster = rounds.ratio(key(name, 'ms'), key('Upload File', 'ms'));
	const figures = [ahead(`${title}: time of ${name} ÷ ours`, faster)];
	if (!memory) return figures;
	const theirs = rounds.median(key(name, 'growth'));
	const growth = theirs / rounds.median(key('Upload File', 'growth'));
	const careful = 'httpRequest, redirects off';
	return [
		...figures,
		tenTimes(`${title}: memory growth of ${name} ÷ ours`, growth),
		atLeast(
			`${title}: time of ${careful} ÷ ours`,
			rounds.ratio(key(careful, 'ms'), key('Upload File', 'ms')),
			1,
		),
	];
}

function tableOf(title: string, rounds: Rounds<string>): Table {
	const row = (name: Contender) => [
		name,
		seconds(rounds.median(`${title} ${name} ms`)),
		rangeInSeconds(rounds.range(`${title} ${name} ms`)),
		rounds.ratio(`${title} ${name} ms`, `${title} Upload File ms`).toFixed(2),
		mebibytes(rounds.median(`${title} ${name} growth`)),
	];
	return [[title, 'Time (median)', 'Range (s)', 'Time ÷ ours', 'Memory growth'], ...NAMES.map(row)];
}
