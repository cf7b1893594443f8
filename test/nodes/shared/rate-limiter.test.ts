import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { RateLimiter } from '../../../nodes/shared/rate-limiter';
import { FakeTransport } from '../support/fake-transport';

/** Times at which calls start that arrive after the given pauses. */
async function starts(calls: Array<{ pause: number; rate: number; key?: string }>) {
	let now = 1_000_000;
	const limiter = new RateLimiter(() => now);
	const started: Array<{ at: number; rate: number; key: string; arrived: number }> = [];
	for (const { pause, rate, key = 'app call' } of calls) {
		now += pause;
		const transport = new FakeTransport();
		await limiter.admit(key, rate, transport);
		started.push({ at: now + (transport.waits[0] ?? 0), rate, key, arrived: now });
	}
	return started;
}

const pause = fc.oneof(fc.constant(0), fc.nat(50), fc.nat(3000));
const rate = fc.integer({ min: 1, max: 30 });

describe('the rate limiter', () => {
	it('never lets more calls start in any second than allowed', async () => {
		const calls = fc.array(pause, { maxLength: 120 });
		await fc.assert(
			fc.asyncProperty(calls, rate, async (pauses, limit) => {
				const times = (await starts(pauses.map((each) => ({ pause: each, rate: limit })))).map(
					({ at }) => at,
				);
				for (const from of times) {
					const within = times.filter((at) => at >= from && at < from + 1000);
					expect(within.length).toBeLessThanOrEqual(limit);
				}
			}),
		);
	});

	it('keeps to the rate of each call where calls of different rates share a key', async () => {
		const calls = fc.array(fc.record({ pause, rate }), { maxLength: 120 });
		await fc.assert(
			fc.asyncProperty(calls, async (given) => {
				const all = await starts(given);
				for (const { at, rate: limit } of all) {
					const before = all.filter((other) => other.at > at - 1000 && other.at <= at);
					const later = all.filter((other) => other.at === at);
					expect(before.length - (later.length - 1)).toBeLessThanOrEqual(limit);
				}
			}),
		);
	});

	it('lets calls start in the order of their arrival, and never before it', async () => {
		const calls = fc.array(fc.record({ pause, rate }), { maxLength: 80 });
		await fc.assert(
			fc.asyncProperty(calls, async (given) => {
				const all = await starts(given);
				all.forEach(({ at, arrived }, index) => {
					expect(at).toBeGreaterThanOrEqual(arrived);
					if (index > 0) expect(at).toBeGreaterThanOrEqual(all[index - 1].at);
				});
			}),
		);
	});

	it('makes nobody wait below the rate', async () => {
		const all = await starts(Array.from({ length: 20 }, () => ({ pause: 0, rate: 20 })));
		expect(all.every(({ at, arrived }) => at === arrived)).toBe(true);
		const slow = await starts(Array.from({ length: 50 }, () => ({ pause: 60, rate: 20 })));
		expect(slow.every(({ at, arrived }) => at === arrived)).toBe(true);
	});

	it('makes the 21st call wait a second and little more', async () => {
		const all = await starts(Array.from({ length: 21 }, () => ({ pause: 0, rate: 20 })));
		const wait = all[20].at - all[20].arrived;
		expect(wait).toBeGreaterThanOrEqual(1000);
		expect(wait).toBeLessThan(1100);
	});

	it('counts every app and API apart', async () => {
		const [, second, other] = await starts([
			{ pause: 0, rate: 1, key: 'a' },
			{ pause: 0, rate: 1, key: 'a' },
			{ pause: 0, rate: 1, key: 'b' },
		]);
		expect(second.at - second.arrived).toBeGreaterThanOrEqual(1000);
		expect(other.at).toBe(other.arrived);
	});

	it.each([0, -5, 0.5])('takes a rate of %d for one call a second', async (limit) => {
		const [, second] = await starts([
			{ pause: 0, rate: limit },
			{ pause: 0, rate: limit },
		]);
		expect(second.at - second.arrived).toBeGreaterThanOrEqual(1000);
	});

	it('stays right after thousands of calls', async () => {
		const all = await starts(Array.from({ length: 5000 }, () => ({ pause: 0, rate: 1000 })));
		expect(all[4999].at - all[0].at).toBeGreaterThanOrEqual(4000);
		expect(all[4999].at - all[3999].at).toBeGreaterThanOrEqual(1000);
	});

	it('hands the signal on, so that a cancelled call stops waiting', async () => {
		const limiter = new RateLimiter(() => 0);
		const { signal } = new AbortController();
		const seen: unknown[] = [];
		const transport = { wait: async (_: number, given?: AbortSignal) => void seen.push(given) };
		await limiter.admit('k', 1, transport, signal);
		await limiter.admit('k', 1, transport, signal);
		expect(seen).toEqual([signal]);
	});
});
