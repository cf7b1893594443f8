import { MIB } from '../../../measure/places';
import { rangeInSeconds, seconds, type Table } from '../../../measure/report';
import { Rounds } from '../../../measure/stats';
import { Worker } from '../../child';
import type { PdsService } from '../../pds/service';
import type { Scale } from '../../scale';
import type { TaskResult } from '../../tasks';
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

export type Uploader = `Upload File, ${Way}` | `undici, ${Way}`;

/** What the contenders took, in milliseconds. */
export interface Speeds {
	time: Rounds<Uploader>;
	/** Of all threads of the process. */
	processor: Rounds<Uploader>;
}

/** Our node and the bare client against one service, in turns, each the one way and the other. */
export async function measureSpeeds(
	service: PdsService,
	staged: Staged,
	warmUp: Staged,
	{ runs, say }: Pick<Scale, 'runs' | 'say'>,
): Promise<Speeds> {
	const { dataFolder } = staged;
	const node = new Worker(dataFolder);
	const bare = new Worker(dataFolder);
	const upload = async (file: Staged, way: Way): Promise<TaskResult> => {
		await service.reset();
		const result = await node.run(nodeTask(service, file, way));
		await assertFile(service, file.size);
		return result;
	};
	const put = async (file: Staged, way: Way): Promise<TaskResult> => {
		await service.reset();
		const result = await bare.run(await bareTask(service, file, way));
		await assertParts(service, file.size);
		return result;
	};
	const speeds: Speeds = { time: new Rounds(), processor: new Rounds() };
	try {
		for (let round = 0; round <= runs; round++) {
			// Round 0 compiles the code.
			const file = round === 0 ? warmUp : staged;
			for (const way of WAYS) {
				const taken: Array<[Uploader, TaskResult]> = [
					[`Upload File, ${way}`, await upload(file, way)],
					[`undici, ${way}`, await put(file, way)],
				];
				for (const [name, { ms, cpu }] of taken) {
					say(`round ${round}: ${name} ${seconds(ms)}, processor ${seconds(cpu)}`);
					if (round === 0) continue;
					speeds.time.add(name, ms);
					speeds.processor.add(name, cpu);
				}
			}
		}
	} finally {
		await Promise.all([node.stop(), bare.stop()]);
	}
	return speeds;
}

/** Times, rates and the ratio of each of ours to the bare client. */
export function speedTable({ time, processor }: Speeds, size: number): Table {
	const row = (name: Uploader, way: Way) => [
		name,
		String(AT_A_TIME[way]),
		seconds(time.median(name)),
		rangeInSeconds(time.range(name)),
		`${(size / MIB / (time.median(name) / 1000)).toFixed(0)} MiB/s`,
		seconds(processor.median(name)),
	];
	return [
		['', 'Parts at a time', 'Time (median)', 'Range (s)', 'Rate', 'Processor time'],
		...WAYS.flatMap((way) => [row(`Upload File, ${way}`, way), row(`undici, ${way}`, way)]),
	];
}

/** How many times as fast one contender is as another. */
export function speedOf({ time }: Speeds, name: Uploader, other: Uploader): number {
	return time.ratio(other, name);
}
