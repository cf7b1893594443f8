import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { UploadError, type UploadErrorFacts } from '../../../nodes/shared/errors';
import { withRetry, type RetryOptions } from '../../../nodes/shared/retry';
import { TransportError } from '../../../nodes/shared/transport';
import { FakeTransport } from '../support/fake-transport';

const failure = (facts: Partial<UploadErrorFacts>) =>
	new UploadError({ title: 'Oh', outcome: 'refused', ...facts });

/** Work that fails as often as told, always with the same error. */
async function run(times: number, error: unknown, options: Partial<RetryOptions> = {}) {
	const transport = new FakeTransport();
	const attempts: number[] = [];
	const work = async (attempt: number) => {
		attempts.push(attempt);
		if (attempt <= times) throw error;
		return 'done';
	};
	const outcome = await withRetry(work, { transport, random: () => 1, ...options }).catch(
		(thrown: unknown) => thrown,
	);
	return { outcome, attempts, waits: transport.waits };
}

describe('a retry', () => {
	it('is not needed when the work succeeds', async () => {
		expect(await run(0, undefined)).toEqual({ outcome: 'done', attempts: [1], waits: [] });
	});

	it('is not made for an error that would come again', async () => {
		for (const error of [failure({}), failure({ retry: 'never' }), new Error('Oh')]) {
			const { outcome, attempts } = await run(1, error);
			expect(attempts).toEqual([1]);
			expect((outcome as Error).message).toBe('Oh');
		}
	});

	it('waits longer and longer after errors that may pass', async () => {
		const { outcome, attempts, waits } = await run(4, failure({ retry: 'transient' }));
		expect(outcome).toBe('done');
		expect(attempts).toEqual([1, 2, 3, 4, 5]);
		expect(waits).toEqual([400, 800, 1600, 3200]);
	});

	it('has waits that stop growing when the service asks for fewer calls', async () => {
		const { outcome, waits } = await run(10, failure({ retry: 'throttled' }));
		expect(outcome).toBe('done');
		expect(waits).toEqual([1000, 2000, 4000, ...Array<number>(7).fill(8000)]);
	});

	it('waits between half of the time and all of it, never without jitter', async () => {
		await fc.assert(
			fc.asyncProperty(fc.double({ min: 0, max: 1, noNaN: true }), async (random) => {
				const { waits } = await run(4, failure({ retry: 'transient' }), { random: () => random });
				waits.forEach((wait, index) => {
					const full = 400 * 2 ** index;
					expect(wait).toBeGreaterThanOrEqual(full / 2);
					expect(wait).toBeLessThanOrEqual(full);
				});
			}),
		);
	});

	it('gives up after enough tries, tells how many, and is not begun again', async () => {
		const { outcome, attempts } = await run(99, failure({ retry: 'transient', code: 'X' }));
		expect(attempts).toHaveLength(5);
		expect((outcome as UploadError).facts).toMatchObject({
			title: 'Oh',
			code: 'X',
			retry: 'never',
			details: { attempts: 5 },
		});
		expect((await run(99, failure({ retry: 'throttled' }))).attempts).toHaveLength(11);
	});

	it('counts the two kinds of errors apart', async () => {
		const transport = new FakeTransport();
		const kinds = ['transient', 'throttled', 'transient', 'throttled'] as const;
		const work = async (attempt: number) => {
			if (attempt <= kinds.length) throw failure({ retry: kinds[attempt - 1] });
			return attempt;
		};
		expect(await withRetry(work, { transport, random: () => 1 })).toBe(5);
		expect(transport.waits).toEqual([400, 1000, 800, 2000]);
	});

	it('waits as long as the service asks, but not for ever', async () => {
		const asked = (retryAfter: number) => failure({ retry: 'throttled', retryAfter });
		expect((await run(1, asked(30_000))).waits).toEqual([30_000]);
		expect((await run(1, asked(10))).waits).toEqual([1000]);
		expect((await run(1, asked(120_000))).waits).toEqual([120_000]);
		const tooLong = await run(1, asked(120_001));
		expect(tooLong.waits).toEqual([]);
		expect(tooLong.attempts).toEqual([1]);
	});

	const lost = failure({ retry: 'transient', outcome: 'unknown' });
	const outcomeOf = (error: unknown) => (error as UploadError).facts.outcome;

	it('is not made where the work may be done, and would be done twice', async () => {
		const { attempts, outcome } = await run(1, lost, { effect: 'notIdempotent' });
		expect(attempts).toEqual([1]);
		expect(outcomeOf(outcome)).toBe('unknown');
		const refused = failure({ retry: 'transient', outcome: 'refused' });
		expect((await run(1, refused, { effect: 'notIdempotent' })).attempts).toEqual([1, 2]);
	});

	it('is made where twice leaves the same as once, but what was lost once stays lost', async () => {
		const errors = [lost, failure({ outcome: 'refused' })];
		const work = async (attempt: number) => await Promise.reject(errors[attempt - 1]);
		const options = { transport: new FakeTransport(), effect: 'idempotent' } as const;
		const error = await withRetry(work, options).catch((thrown: unknown) => thrown);
		expect(outcomeOf(error)).toBe('unknown');
	});

	it('loses nothing where the work leaves nothing', async () => {
		expect(outcomeOf((await run(9, lost)).outcome)).toBe('notSent');
	});

	it('that is stopped while it waits after a lost answer knows that it was lost', async () => {
		const cancelled = new TransportError('cancelled', '', false, 'ABORTED');
		const transport = { wait: async () => await Promise.reject(cancelled) };
		const outcomeWith = async (effect: 'none' | 'idempotent') => {
			const work = async () => await Promise.reject(lost);
			const stopped = withRetry(work, { transport, effect });
			return outcomeOf(await stopped.catch((thrown: unknown) => thrown));
		};
		expect(await outcomeWith('idempotent')).toBe('unknown');
		expect(await outcomeWith('none')).toBe('cancelled');
	});

	it('is announced with error, wait and attempt', async () => {
		const told: unknown[] = [];
		await run(2, failure({ retry: 'transient' }), {
			onRetry: ({ facts }, wait, attempt) => told.push([facts.title, wait, attempt]),
		});
		expect(told).toEqual([
			['Oh', 400, 1],
			['Oh', 800, 2],
		]);
	});

	it('ends at once when the execution is cancelled while it waits', async () => {
		const cancelled = new TransportError('cancelled', '', false, 'ABORTED');
		const seen: Array<AbortSignal | undefined> = [];
		const transport = {
			wait: async (_: number, signal?: AbortSignal) => {
				seen.push(signal);
				throw cancelled;
			},
		};
		const { signal } = new AbortController();
		let attempts = 0;
		const work = async () => {
			attempts++;
			throw failure({ retry: 'transient' });
		};
		const stopped = withRetry(work, { transport, signal });
		await expect(stopped).rejects.toMatchObject({ facts: { outcome: 'cancelled' } });
		expect(attempts).toBe(1);
		expect(seen).toEqual([signal]);
	});
});
