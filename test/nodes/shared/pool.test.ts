import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { runPool } from '../../../nodes/shared/pool';

/** A promise that is settled from outside. */
function deferred<T>() {
	let resolve!: (value: T) => void;
	let reject!: (error: unknown) => void;
	const promise = new Promise<T>((yes, no) => {
		resolve = yes;
		reject = no;
	});
	return { promise, resolve, reject };
}

const ticks = async (count: number) => {
	for (let tick = 0; tick < count; tick++) await Promise.resolve();
};

describe('the pool', () => {
	it('gives the results in the order of the inputs, and keeps to its bound', async () => {
		const inputs = fc.array(fc.nat(20), { maxLength: 40 });
		await fc.assert(
			fc.asyncProperty(inputs, fc.integer({ min: 1, max: 12 }), async (delays, bound) => {
				let running = 0;
				let most = 0;
				const results = await runPool(delays.entries(), bound, async ([index, delay]) => {
					most = Math.max(most, ++running);
					await ticks(delay);
					running--;
					return index;
				});
				expect(results).toEqual([...delays.keys()]);
				expect(most).toBeLessThanOrEqual(bound);
				expect(most).toBe(Math.min(bound, delays.length));
			}),
		);
	});

	it('begins nothing new after the first failure, and stops what runs', async () => {
		const begun: number[] = [];
		const slow = deferred<string>();
		const signals: AbortSignal[] = [];
		const all = runPool([0, 1, 2, 3], 2, async (input, signal) => {
			begun.push(input);
			signals.push(signal);
			if (input === 1) throw new Error('first');
			return await slow.promise;
		});
		const ended = all.then(
			() => 'resolved',
			(error: Error) => error.message,
		);
		await ticks(10);
		expect(begun).toEqual([0, 1]);
		expect(signals[0].aborted).toBe(true);
		slow.reject(new Error('second'));
		expect(await ended).toBe('first');
		expect(begun).toEqual([0, 1]);
	});

	it('waits for what runs before it reports a failure', async () => {
		const slow = deferred<void>();
		let settled = false;
		const all = runPool([0, 1], 2, async (input) => {
			if (input === 1) throw new Error('no');
			await slow.promise;
		}).finally(() => (settled = true));
		all.catch(() => undefined);
		await ticks(10);
		expect(settled).toBe(false);
		slow.resolve();
		await expect(all).rejects.toThrow('no');
	});

	it.each([0, -1, 1, 1000, Infinity])('works with a concurrency of %d', async (concurrency) => {
		expect(await runPool(['a', 'b'], concurrency, async (input) => input)).toEqual(['a', 'b']);
	});

	it('gives nothing for nothing', async () => {
		expect(await runPool([], 8, async () => 1)).toEqual([]);
	});

	it('throws an error even when something else was thrown', async () => {
		const thrown = runPool([1], 1, async () => await Promise.reject('text' as unknown as Error));
		await expect(thrown).rejects.toThrow(new Error('text'));
	});
});
