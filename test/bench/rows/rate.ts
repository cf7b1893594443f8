import { KIB } from '../../measure/places';
import { atMost, rangeInSeconds, seconds, type RowReport } from '../../measure/report';
import { Rounds } from '../../measure/stats';
import { Worker } from '../child';
import { freshFolder } from '../places';
import type { Scale } from '../scale';
import { startService } from '../service';
import { stageFiles } from '../stage';

const CALLS_PER_SECOND = 20;
const LATENCY = 40;

/** A service that refuses the 21st call of a second: how near the node keeps to its limit. */
export async function measureRate({ quick, runs, say }: Scale): Promise<RowReport> {
	const count = quick ? 60 : 200;
	const dataFolder = await freshFolder('rate');
	const files = await stageFiles(dataFolder, count, 64 * KIB);
	const service = await startService(
		...['--hashes', 'md5,crc64', '--latency', String(LATENCY)],
		...['--calls-per-second', String(CALLS_PER_SECOND)],
	);
	const { apiUrl, seed } = service;
	const rounds = new Rounds<'ms' | 'repeated'>();
	try {
		for (let round = 1; round <= runs; round++) {
			await service.reset();
			const worker = new Worker(dataFolder);
			// A failed file ends the run with an error: the task throws it.
			const { ms } = await worker.run({ kind: 'node', apiUrl, seed, files });
			await worker.stop();
			const { counts, files: stored } = await service.state();
			if (stored.length !== count) throw new Error(`${stored.length} of ${count} files are there`);
			rounds.add('ms', ms);
			rounds.add('repeated', counts.uploadInfo + counts.commit - 2 * count);
			say(`round ${round}: ${seconds(ms)}`);
		}
	} finally {
		await service.stop();
	}
	return report(count, rounds);
}

function report(count: number, rounds: Rounds<'ms' | 'repeated'>): RowReport {
	// The first 20 calls may go at once, each further 20 a second later.
	const floor = (Math.ceil(count / CALLS_PER_SECOND) - 1) * 1000;
	const [, mostRepeated] = rounds.range('repeated');
	const elapsed = rounds.median('ms');
	return {
		id: 'e',
		title: `${count} files, ${CALLS_PER_SECOND} calls a second`,
		about: `The service refuses every call of an API beyond ${CALLS_PER_SECOND} within any second, and adds ${LATENCY} ms to each request. Default options. The floor is the limit's own: ${count} calls of one API cannot all have started before ${floor / 1000} s.`,
		figures: [
			{ name: 'throttle errors seen by the user', measured: '0', toReach: '0', reached: true },
			atMost('elapsed ÷ floor, one process', elapsed / floor, 1.05),
		],
		tables: [
			[
				['Files', 'Elapsed', 'Range (s)', 'Floor', 'Calls refused and repeated (most)'],
				[
					String(count),
					seconds(elapsed),
					rangeInSeconds(rounds.range('ms')),
					seconds(floor),
					String(mostRepeated),
				],
			],
		],
		notes: [
			"The limiter's second begins when a call has arrived, half a round trip after its start, since calls sent on time may arrive closer together; the last file's PUT and commit come on top of the floor. Refused calls are repeated by the node; each costs a second.",
			'Two workers of one n8n share the limit without knowing of each other. How many of their calls are refused (3 % at most) is measured in queue mode, by `npm run test:queue`: see [development](development.md).',
		],
	};
}
