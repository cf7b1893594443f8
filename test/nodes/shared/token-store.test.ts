import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { readCredentials } from '../../../nodes/DingTalkKnowledgeBase/api/credentials';
import { TokenStore, usableUntil, type Token } from '../../../nodes/shared/token-store';
import { tokenKey } from '../../../nodes/DingTalkKnowledgeBase/api/access-token';
import { UploadError } from '../../../nodes/shared/errors';
import { TransportError } from '../../../nodes/shared/transport';

/** A service that hands out tokens when told to. */
function issuer(life = 1000) {
	const clock = { now: 0 };
	const waiting: Array<{ resolve(token: Token): void; reject(error: Error): void }> = [];
	let issued = 0;
	const fetch = async () =>
		await new Promise<Token>((resolve, reject) => void waiting.push({ resolve, reject }));
	const answer = () => {
		const accessToken = `t${++issued}`;
		waiting.shift()?.resolve({ accessToken, usableUntil: clock.now + life });
	};
	const fail = (error: Error) => waiting.shift()?.reject(error);
	return { store: new TokenStore(() => clock.now), clock, waiting, fetch, answer, fail };
}

const tick = async () => await new Promise((resolve) => setImmediate(resolve));
const cancelled = new TransportError('cancelled', '', false, 'ABORTED');

describe('the token store', () => {
	it('fetches once however many ask at the same time', async () => {
		const { store, fetch, answer, waiting } = issuer();
		const asked = Array.from({ length: 100 }, async () => await store.get('app', fetch));
		expect(waiting).toHaveLength(1);
		answer();
		const tokens = await Promise.all(asked);
		expect(new Set(tokens)).toEqual(new Set(['t1']));
	});

	it('keeps a token until its time is over', async () => {
		const { store, clock, fetch, answer, waiting } = issuer();
		const first = store.get('app', fetch);
		answer();
		await first;
		clock.now = 999;
		expect(await store.get('app', fetch)).toBe('t1');
		clock.now = 1000;
		const second = store.get('app', fetch);
		expect(waiting).toHaveLength(1);
		answer();
		expect(await second).toBe('t2');
	});

	it('keeps apps apart', async () => {
		const { store, fetch, answer, waiting } = issuer();
		const both = [store.get('a', fetch), store.get('b', fetch)];
		expect(waiting).toHaveLength(2);
		answer();
		answer();
		expect(await Promise.all(both)).toEqual(['t1', 't2']);
	});

	it('forgets a refused token once, though many report it', async () => {
		const { store, fetch, answer, waiting } = issuer();
		const first = store.get('app', fetch);
		answer();
		await first;
		store.forget('app', 't1');
		const second = store.get('app', fetch);
		store.forget('app', 't1');
		const third = store.get('app', fetch);
		expect(waiting).toHaveLength(1);
		answer();
		expect(await Promise.all([second, third])).toEqual(['t2', 't2']);
		store.forget('app', 't1');
		expect(await store.get('app', fetch)).toBe('t2');
		store.forget('other', 't2');
	});

	it('tells everybody who waits of a refusal, and fetches again for the next', async () => {
		const { store, fetch, answer, fail } = issuer();
		const asked = [store.get('app', fetch), store.get('app', fetch)].map((each) =>
			each.catch((error: Error) => error.message),
		);
		fail(new UploadError({ title: 'wrong secret', outcome: 'refused' }));
		expect(await Promise.all(asked)).toEqual(['wrong secret', 'wrong secret']);
		const next = store.get('app', fetch);
		answer();
		expect(await next).toBe('t1');
	});

	it('does not let a cancelled execution fail others: one of them fetches again', async () => {
		const { store, fetch, answer, fail, waiting } = issuer();
		const first = store.get('app', fetch).catch((error: Error) => error);
		const others = Array.from({ length: 5 }, async () => await store.get('app', fetch));
		fail(cancelled);
		expect(await first).toBe(cancelled);
		await tick();
		expect(waiting).toHaveLength(1);
		answer();
		const tokens = await Promise.all(others);
		expect(new Set(tokens)).toEqual(new Set(['t1']));
	});

	it('gets there even when several executions are cancelled one after another', async () => {
		const { store, fetch, answer, fail, waiting } = issuer();
		const asked = Array.from(
			{ length: 4 },
			async () => await store.get('app', fetch).catch((error: Error) => error),
		);
		for (let stopped = 0; stopped < 3; stopped++) {
			expect(waiting).toHaveLength(1);
			fail(cancelled);
			await tick();
		}
		answer();
		const results = await Promise.all(asked);
		expect(results.filter((each) => each === 't1')).toHaveLength(1);
	});
});

describe('a token that may be the reason of a refusal', () => {
	it('is replaced at most once a minute', async () => {
		const { store, clock, fetch, answer, waiting } = issuer(1_000_000);
		const get = async () => {
			const token = store.get('app', fetch);
			answer();
			return await token;
		};
		const first = await get();
		// Several calls are refused with the same token: each may be made again with the next.
		expect([store.suspect('app', first), store.suspect('app', first)]).toEqual([true, true]);
		const second = await get();
		expect(second).not.toBe(first);
		expect(store.suspect('app', second)).toBe(false);
		expect(store.kept('app')).toBe(second);
		clock.now = 60_000;
		expect(store.suspect('app', second)).toBe(true);
		expect(store.kept('app')).toBeUndefined();
		expect(waiting).toEqual([]);
	});
});

describe('the time a token is used', () => {
	it('is its life less five minutes, or half of a short life', () => {
		expect(usableUntil(7200, 0)).toBe(6_900_000);
		expect(usableUntil(600, 0)).toBe(300_000);
		expect(usableUntil(60, 0)).toBe(30_000);
		fc.assert(
			fc.property(fc.nat(100_000), (seconds) => {
				expect(usableUntil(seconds, 5)).toBeGreaterThanOrEqual(5);
				expect(usableUntil(seconds, 5)).toBeLessThanOrEqual(5 + seconds * 1000);
			}),
		);
	});
});

describe('the name of an app in the store', () => {
	const credentials = readCredentials({ appKey: 'key-value', appSecret: 'secret-value' });

	it('changes with everything that the token depends on, and with nothing else', () => {
		const names = [
			'apiBaseUrl',
			'appType',
			'appKey',
			'appSecret',
			'corpId',
			'suiteTicket',
		] as const;
		const keys = names.map((name) => tokenKey({ ...credentials, [name]: 'other' }));
		expect(new Set([...keys, tokenKey(credentials)]).size).toBe(names.length + 1);
		expect(tokenKey({ ...credentials, operatorUnionId: 'u' })).toBe(tokenKey(credentials));
	});

	it('tells no secret', () => {
		expect(tokenKey(credentials)).not.toMatch(/secret-value|key-value/);
	});
});
