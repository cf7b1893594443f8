import type { HttpResponse } from './transport';

type Headers = HttpResponse['headers'];

/**
 * Returns when the service responded, in milliseconds since 1970: by its own clock, which may
 * differ from this server's, if the response tells it.
 */
export function timeAt(headers: Headers): number {
	const told = Date.parse(headers.date ?? '');
	return Number.isNaN(told) ? Date.now() : told;
}

/**
 * Minutes of difference from which advice is given. Services refuse signed requests and assertions
 * when clocks differ by 15 minutes.
 */
const NOTEWORTHY = 5;

/** Returns advice when this server's clock differs from that of the response. */
export function clockAdvice(headers: Headers, now = Date.now()): string | undefined {
	const minutes = Math.round((timeAt(headers) - now) / 60_000);
	if (Math.abs(minutes) < NOTEWORTHY) return undefined;
	const how = minutes > 0 ? 'behind' : 'ahead of';
	return `The clock of the n8n server is ${Math.abs(minutes)} minutes ${how} that of the service: correct it.`;
}

/** Returns the milliseconds to wait by the Retry-After header, in seconds or as a date. */
export function retryAfter(headers: Headers): number | undefined {
	const value = headers['retry-after'];
	if (!value) return undefined;
	const seconds = Number(value);
	const wait = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(value) - timeAt(headers);
	return Number.isFinite(wait) ? Math.max(0, wait) : undefined;
}
