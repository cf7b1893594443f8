import { describe, expect, it } from 'vitest';

import { MIB } from '../measure/places';
import type { Sample } from './samples';
import { verdictOf } from './verdict';

/** Half an hour with a rest each minute, as a process looks that keeps nothing. */
function run(change: (sample: Sample, minute: number) => void = () => {}) {
	const samples = Array.from({ length: 31 }, (_, minute): Sample => {
		const noise = ((minute * 7) % 5) / 10;
		const sample: Sample = {
			...{ at: minute * 60, phase: minute === 30 ? 'end' : 'rest' },
			...{ executions: 0, files: 0, uploads: 0, bytes: 0, expectedFailures: 0, problems: 0 },
			...{ rss: (200 + 5 * noise) * MIB, heapUsed: (50 + noise) * MIB },
			...{ external: 3 * MIB, arrayBuffers: MIB },
			resources: { PipeWrap: 1 },
			descriptors: minute === 30 ? 32 : 32 + 20,
			storeFiles: 0,
			sockets: { api: minute === 30 ? 0 : 20 },
		};
		change(sample, minute);
		return sample;
	});
	return { samples, length: 1800, problems: [] as string[], mostConnections: 96 };
}

const missed = (made: ReturnType<typeof run>) =>
	verdictOf(made)
		.filter(({ reached }) => !reached)
		.map(({ name }) => name.split(/[,:]/)[0]);

describe('the verdict over a run', () => {
	it('is good where nothing grows', () => {
		expect(missed(run())).toEqual([]);
	});

	it('does not mind what the warm-up leaves', () => {
		const warming = (sample: Sample, minute: number) => {
			if (minute < 6) sample.heapUsed -= (6 - minute) * 5 * MIB;
		};
		expect(missed(run(warming))).toEqual([]);
	});

	it('does not mind a few values out of line', () => {
		const peaks = (sample: Sample, minute: number) => {
			if (minute % 9 === 8) sample.rss += 100 * MIB;
		};
		expect(missed(run(peaks))).toEqual([]);
	});

	it.each<[string, (sample: Sample, minute: number) => void, string[]]>([
		['a heap', (one, n) => (one.heapUsed += n * 0.2 * MIB), ['heap after garbage collection']],
		['memory', (one, n) => (one.rss += n * MIB), ['resident memory at rest']],
		[
			'buffers',
			(one, n) => (one.arrayBuffers += n * 0.2 * MIB),
			['array buffers after garbage collection'],
		],
	])('is bad where %s grows', (_, grow, names) => {
		expect(missed(run(grow))).toEqual(names);
	});

	it('is bad where descriptors are left open', () => {
		const leak = (sample: Sample, minute: number) => (sample.descriptors += Math.floor(minute / 3));
		expect(missed(run(leak))).toEqual(['file descriptors at rest', 'file descriptors at the end']);
	});

	it('is bad where connections are left', () => {
		const leak = (sample: Sample, minute: number) => {
			sample.sockets.api += minute;
			sample.descriptors += minute;
		};
		const names = [
			'connections kept at rest',
			'connections at the end',
			'file descriptors at the end',
		];
		expect(missed(run(leak))).toEqual(names);
	});

	it('is bad where a request or a timer outlives its execution', () => {
		const leak = (sample: Sample, minute: number) => {
			if (minute === 9) sample.resources = { PipeWrap: 1, TCPSocketWrap: 1, Timeout: 1 };
		};
		expect(missed(run(leak))).toEqual(['connections in use at rest', 'timers at rest']);
	});

	it('is bad where an upload went wrong', () => {
		expect(missed({ ...run(), problems: ['a file is missing'] })).toEqual(['problems']);
	});
});
