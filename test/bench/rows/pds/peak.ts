import { partSizeFor } from '../../../../nodes/AlibabaCloudPds/upload/plan';
import { MIB } from '../../../measure/places';
import { mebibytes, type Table } from '../../../measure/report';
import { Rounds } from '../../../measure/stats';
import { Worker } from '../../child';
import type { PdsService } from '../../pds/service';
import { freshFolder } from '../../places';
import type { Scale } from '../../scale';
import { stageFiles } from '../../stage';
import { peakCell, type Peaks } from '../peaks';
import {
	assertFile,
	assertParts,
	AT_A_TIME,
	bareTask,
	nodeTask,
	WAYS,
	type Staged,
	type Way,
} from './contenders';

type Contender = 'Upload File' | 'undici';

const CONTENDERS: Contender[] = ['Upload File', 'undici'];

/** Peak memory of the process that uploads, each time a fresh one. */
export async function measurePeaks(
	service: PdsService,
	sizes: number[],
	{ runs, say }: Scale,
): Promise<Peaks> {
	const peaks: Peaks = { growth: new Rounds(), time: new Rounds() };
	for (const size of sizes) {
		const dataFolder = await freshFolder('pds-memory');
		const [small] = await stageFiles(dataFolder, 1, MIB);
		const [file] = await stageFiles(dataFolder, 1, size);
		const first = { dataFolder, file: small, size: MIB };
		const staged = { dataFolder, file, size };
		for (let round = 1; round <= runs; round++) {
			for (const way of WAYS) {
				for (const name of CONTENDERS) {
					const { growth, ms } = await measureOne(service, name, way, first, staged);
					peaks.growth.add(keyOf(name, way, size), growth);
					peaks.time.add(keyOf(name, way, size), ms);
					say(`${keyOf(name, way, size)} round ${round}: ${mebibytes(growth)}`);
				}
			}
		}
	}
	return peaks;
}

async function measureOne(
	service: PdsService,
	name: Contender,
	way: Way,
	small: Staged,
	staged: Staged,
) {
	const taskFor = async (file: Staged) => {
		await service.reset();
		if (name === 'Upload File') return nodeTask(service, file, way);
		return await bareTask(service, file, way);
	};
	const worker = new Worker(staged.dataFolder);
	try {
		await worker.run(await taskFor(small));
		const result = await worker.measureMemory(await taskFor(staged));
		const assertStored = name === 'Upload File' ? assertFile : assertParts;
		await assertStored(service, staged.size);
		return result;
	} finally {
		await worker.stop();
	}
}

/** Growth by size and way; what it is beyond a bare upload's, beside what the parts need by themselves. */
export function peakTable(peaks: Peaks, sizes: number[]): Table {
	const beyondUndici = (way: Way, size: number) => {
		const [node, bare] = CONTENDERS.map((name) => peaks.growth.median(keyOf(name, way, size)));
		return node - bare;
	};
	const row = (way: Way, size: number) => {
		const parts = partSizeFor(size) * AT_A_TIME[way];
		return [
			`${mebibytes(size)}, ${way}`,
			`${mebibytes(partSizeFor(size))} × ${AT_A_TIME[way]} = ${mebibytes(parts)}`,
			...CONTENDERS.map((name) => peakCell(peaks, keyOf(name, way, size))),
			(beyondUndici(way, size) / parts).toFixed(2),
		];
	};
	return [
		['File', 'Part size × at a time', 'Upload File', 'undici', '(Upload File − undici) ÷ parts'],
		...WAYS.flatMap((way) => sizes.map((size) => row(way, size))),
	];
}

function keyOf(name: Contender, way: Way, size: number): string {
	return `${name}, ${way}, ${mebibytes(size)}`;
}
