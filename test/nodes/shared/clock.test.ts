import { afterEach, describe, expect, it, vi } from 'vitest';

import { clockAdvice, retryAfter, timeAt } from '../../../nodes/shared/clock';

describe('the time of an answer', () => {
	afterEach(() => void vi.useRealTimers());

	it.each([
		['its Date', { date: 'Mon, 05 Jan 2026 08:20:00 GMT' }, Date.UTC(2026, 0, 5, 8, 20)],
		['our own where it has none', {}, Date.UTC(2026, 0, 5, 8)],
		['our own where its Date is none', { date: 'today' }, Date.UTC(2026, 0, 5, 8)],
	])('is %s', (_, headers, expected) => {
		vi.useFakeTimers({ now: Date.UTC(2026, 0, 5, 8) });
		expect(timeAt(headers)).toBe(expected);
	});
});

describe('Retry-After', () => {
	afterEach(() => void vi.useRealTimers());

	it.each([
		['5', 5000],
		['0', 0],
		['1.5', 1500],
		['Mon, 05 Jan 2026 08:00:10 GMT', 10_000],
		['Mon, 05 Jan 2026 07:00:00 GMT', 0],
		['soon', undefined],
		['', undefined],
	])('%j is %s milliseconds', (value, expected) => {
		vi.useFakeTimers({ now: Date.UTC(2026, 0, 5, 8) });
		expect(retryAfter({ 'retry-after': value })).toBe(expected);
	});

	it.each([
		['20 minutes ahead', 'Mon, 05 Jan 2026 08:20:00 GMT', 'Mon, 05 Jan 2026 08:20:10 GMT'],
		['20 minutes behind', 'Mon, 05 Jan 2026 07:40:00 GMT', 'Mon, 05 Jan 2026 07:40:10 GMT'],
	])('as a date of a clock that is %s is measured by that clock', (_, date, value) => {
		vi.useFakeTimers({ now: Date.UTC(2026, 0, 5, 8) });
		expect(retryAfter({ date, 'retry-after': value })).toBe(10_000);
	});

	it('may be missing', () => {
		expect(retryAfter({})).toBeUndefined();
	});
});

describe('the advice on a clock', () => {
	const now = Date.UTC(2026, 0, 5, 8);

	it.each([
		[20, '20 minutes behind that of the service'],
		[-20, '20 minutes ahead of that of the service'],
	])('tells by how much it is off: %i minutes', (minutes, expected) => {
		const date = new Date(now + minutes * 60_000).toUTCString();
		expect(clockAdvice({ date }, now)).toContain(expected);
	});

	it.each([4, -4, 0])('is none for %i minutes', (minutes) => {
		const date = new Date(now + minutes * 60_000).toUTCString();
		expect(clockAdvice({ date }, now)).toBeUndefined();
	});

	it('is none where the answer does not tell the time', () => {
		expect(clockAdvice({}, Date.now())).toBeUndefined();
	});
});
