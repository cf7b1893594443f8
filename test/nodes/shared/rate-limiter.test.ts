import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { RateLimiter } from '../../../nodes/shared/rate-limiter';
import { runs } from '../support/runs';

/** Time that passes only while everybody sleeps. */
class VirtualTime {
	now = 1_000_000;

	private readonly sleepers: Array<{ at: number; wake: () => void }> = [];

	readonly wait = async (ms: number) =>
		await new Promise<void>((wake) => void this.sleepers.push({ at: this.now + ms, wake }));

	async pass(): Promise<void> {
		for (;;) {
			await new Promise((resolve) => setImmediate(resolve));
			if (this.sleepers.length === 0) return;
			const [{ at, wake }] = this.sleepers.splice(this.first(), 1);
			this.now = at;
			wake();
		}
	}

	/** The place of the one to wake next: thousands sleep, too many to sort them each time. */
	private first(): number {
		let first = 0;
		for (let index = 1; index < this.sleepers.length; index++) {
			if (this.sleepers[index].at < this.sleepers[first].at) first = index;
		}
		return first;
	}
}

/** Times at which calls start that arrive with the given pauses between them. */
async function starts(calls: Array<{ pause: number; rate: number; key?: string }>) {
	const time = new VirtualTime();
	const limiter = new RateLimiter(() => time.now);
	let arrival = 0;
	const all = calls.map(async ({ pause, rate, key = 'app call' }) => {
		await time.wait((arrival += pause));
		const arrived = time.now;
		const settle = await limiter.admit(key, rate, time);
		settle();
		return { at: time.now, rate, key, arrived };
	});
	await time.pass();
	return await Promise.all(all);
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
			runs(100),
		);
	});

	it('keeps to the rate of each call where calls of different rates share a key', async () => {
		const calls = fc.array(fc.record({ pause, rate }), { maxLength: 120 });
		await fc.assert(
			fc.asyncProperty(calls, async (given) => {
				const all = await starts(given);
				for (const { at, rate: limit } of all) {
					const before = all.filter((other) => other.at > at - 1000 && other.at <= at);
					const ofOwn = before.filter((other) => other.rate <= limit);
					expect(ofOwn.length).toBeLessThanOrEqual(limit);
					const highest = Math.max(...before.map((other) => other.rate));
					expect(before.length).toBeLessThanOrEqual(highest);
				}
			}),
			runs(100),
		);
	});

	it('gives one who keeps to a low rate a turn beside one who uses a higher one up', async () => {
		const busy = Array.from({ length: 400 }, () => ({ pause: 0, rate: 20 }));
		const all = await starts([...busy.slice(0, 200), { pause: 5, rate: 1 }, ...busy.slice(200)]);
		const slow = all[200];
		// The 200 calls that came before it take ten seconds, the 200 after it ten more.
		expect(slow.at - slow.arrived).toBeLessThan(11_000);
	});

	it('lets calls start in the order of their arrival, and never before it', async () => {
		const calls = fc.array(pause, { maxLength: 80 });
		await fc.assert(
			fc.asyncProperty(calls, rate, async (pauses, limit) => {
				const all = await starts(pauses.map((each) => ({ pause: each, rate: limit })));
				all.forEach(({ at, arrived }, index) => {
					expect(at).toBeGreaterThanOrEqual(arrived);
					if (index > 0) expect(at).toBeGreaterThanOrEqual(all[index - 1].at);
				});
			}),
			runs(100),
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
		const all = await starts(Array.from({ length: 3000 }, () => ({ pause: 0, rate: 1000 })));
		expect(all[2999].at - all[0].at).toBeGreaterThanOrEqual(2000);
		expect(all[2999].at - all[1999].at).toBeGreaterThanOrEqual(1000);
	});

	it('hands the signal on, so that a cancelled call stops waiting', async () => {
		let now = 0;
		const limiter = new RateLimiter(() => now);
		const { signal } = new AbortController();
		const seen: unknown[] = [];
		const transport = {
			wait: async (ms: number, given?: AbortSignal) => {
				seen.push(given);
				now += ms;
			},
		};
		await limiter.admit('k', 1, transport, signal);
		await limiter.admit('k', 1, transport, signal);
		expect(seen).toEqual([signal]);
	});
});

/** A service that takes 20 calls a second, and processes that call it as fast as their limiter lets them. */
async function share(processes: number, seconds: number) {
	const time = new VirtualTime();
	const taken: number[] = [];
	let refused = 0;
	const end = time.now + seconds * 1_000;
	const work = async (limiter: RateLimiter) => {
		while (time.now < end) {
			const settle = await limiter.admit('app call', 20, time);
			await time.wait(15);
			const isTaken = taken.filter((at) => at > time.now - 1_000).length < 20;
			if (isTaken) taken.push(time.now);
			else refused++;
			await time.wait(15);
			settle();
			if (isTaken) continue;
			limiter.slowDown('app call', 20);
			await time.wait(750);
		}
	};
	for (let index = 0; index < processes; index++) {
		const limiter = new RateLimiter(() => time.now);
		for (let each = 0; each < 6; each++) void work(limiter);
	}
	await time.pass();
	return { refused: refused / (refused + taken.length), rate: taken.length / seconds };
}

describe('limiters that do not know of each other', () => {
	it('come to share what the service takes: few calls are refused, few of its places unused', async () => {
		const { refused, rate: used } = await share(2, 120);
		expect(refused).toBeLessThan(0.03);
		expect(used).toBeGreaterThan(16);
	});

	it('lose nothing where there is but one', async () => {
		const { refused, rate: used } = await share(1, 60);
		expect(refused).toBe(0);
		expect(used).toBeGreaterThan(19);
	});

	it.each([
		[20, 6],
		[1_000, 316],
	])(
		'leave at %i a second %i places to one that made few calls, when one is refused',
		async (rate, left) => {
			const time = new VirtualTime();
			const limiter = new RateLimiter(() => time.now);
			(await limiter.admit('app call', rate, time))();
			limiter.slowDown('app call', rate);
			time.now += 1_001;
			const began: number[] = [];
			const calling = Array.from({ length: rate }, async () => {
				await limiter.admit('app call', rate, time);
				began.push(time.now);
			});
			await time.pass();
			await Promise.all(calling);
			expect(began.filter((at) => at < began[0] + 1_000)).toHaveLength(left);
		},
	);

	it('take over the places of one that ends', async () => {
		const time = new VirtualTime();
		const limiter = new RateLimiter(() => time.now);
		const burst = async () =>
			await Promise.all(
				Array.from({ length: 20 }, async () => (await limiter.admit('app call', 20, time))()),
			);
		const bursting = burst();
		await time.pass();
		await bursting;
		limiter.slowDown('app call', 20);
		time.now += 60_000;
		const before = time.now;
		const again = burst();
		await time.pass();
		await again;
		expect(time.now).toBe(before);
	});
});
