import { describe, expect, it } from 'vitest';

import { UploadError, type Outcome } from '../../../nodes/shared/errors';
import { SharedWork } from '../../../nodes/shared/shared-work';

const failure = (outcome: Outcome) => new UploadError({ title: outcome, outcome });

/** Work whose tries end as told, the last of them again and again. */
function workOf(...ends: Array<Outcome | 'done'>) {
	let tries = 0;
	const work = async () => {
		const end = ends[Math.min(tries++, ends.length - 1)];
		await new Promise((resolve) => setImmediate(resolve));
		if (end !== 'done') throw failure(end);
		return tries;
	};
	return { work, tries: () => tries };
}

async function askedBy(count: number, shared: SharedWork<number>, work: () => Promise<number>) {
	const asked = Array.from({ length: count }, async () => await shared.get('key', work));
	const ended = await Promise.allSettled(asked);
	return ended.map((each) => (each.status === 'fulfilled' ? 'done' : 'failed'));
}

describe('work that several want', () => {
	it('is done once, and kept for those who come later, if it is to be', async () => {
		for (const [keep, tries] of [
			[true, 1],
			[false, 2],
		] as const) {
			const { work, tries: made } = workOf('done');
			const shared = new SharedWork<number>(keep);
			expect(await askedBy(8, shared, work)).toEqual(Array(8).fill('done'));
			expect(await shared.get('key', work)).toBe(tries);
			expect(made()).toBe(tries);
		}
	});

	it('that is refused is refused for all, and, if it is kept, for those who come later', async () => {
		const { work, tries } = workOf('refused');
		const shared = new SharedWork<number>(true);
		expect(await askedBy(8, shared, work)).toEqual(Array(8).fill('failed'));
		expect(await askedBy(1, shared, work)).toEqual(['failed']);
		expect(tries()).toBe(1);
	});

	it.each(['notSent', 'unknown'] as const)(
		'fails for one of eight when the outcome is %s and the outage has an end',
		async (outcome) => {
			const { work, tries } = workOf(outcome, 'done');
			const ends = await askedBy(8, new SharedWork<number>(true), work);
			expect(ends).toEqual(['failed', ...Array<string>(7).fill('done')]);
			expect(tries()).toBe(2);
		},
	);

	it('is not waited for again and again when the outage has none', async () => {
		const { work, tries } = workOf('notSent');
		const shared = new SharedWork<number>(true);
		expect(await askedBy(8, shared, work)).toEqual(Array(8).fill('failed'));
		expect(tries()).toBe(2);
	});

	it('goes on however many of those who do it are stopped', async () => {
		const { work, tries } = workOf('cancelled', 'cancelled', 'cancelled', 'done');
		const ends = await askedBy(8, new SharedWork<number>(true), work);
		expect(ends.filter((end) => end === 'failed')).toHaveLength(3);
		expect(tries()).toBe(4);
	});
});
