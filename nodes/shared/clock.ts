import type { HttpResponse } from './transport';

type Headers = HttpResponse['headers'];

/**
 * The time at the service when it answered, milliseconds since 1970: by its own clock, which may be
 * another one than that of this server, where the answer tells it.
 */
export function timeAt(headers: Headers): number {
	const told = Date.parse(headers.date ?? '');
	return Number.isNaN(told) ? Date.now() : told;
}

/** Signed requests and assertions are refused by clocks that differ by a quarter of an hour: minutes. */
const NOTEWORTHY = 5;

/** What to say where this server's clock differs from the one of the answer, if it does. */
export function clockAdvice(headers: Headers, now = Date.now()): string | undefined {
	const minutes = Math.round((timeAt(headers) - now) / 60_000);
	if (Math.abs(minutes) < NOTEWORTHY) return undefined;
	const how = minutes > 0 ? 'behind' : 'ahead of';
	return `The clock of the n8n server is ${Math.abs(minutes)} minutes ${how} that of the service: set it right.`;
}

/** Milliseconds of a Retry-After header in seconds or as a date. */
export function retryAfter(headers: Headers): number | undefined {
	const value = headers['retry-after'];
	if (!value) return undefined;
	const seconds = Number(value);
	const wait = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(value) - timeAt(headers);
	return Number.isFinite(wait) ? Math.max(0, wait) : undefined;
}
