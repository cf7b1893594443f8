import type { Outcome, Retry } from './errors';
import type { HttpResponse } from './transport';

/** Whether waiting helps, and what became of the request. */
export interface Meaning {
	retry: Retry;
	outcome: Outcome;
}

/** 421 and 425 are given before a request is looked at. */
const NOT_LOOKED_AT = new Set([421, 425]);

/**
 * What the status of an answer alone tells of the request. Only who knows the service can refuse in its
 * name: an answer without its code, from whatever stands in between, may come after the work.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-15.5
 */
export function meaningOf({ status, headers, elapsed }: HttpResponse): Meaning {
	if (status === 429) return { retry: 'throttled', outcome: 'refused' };
	if (NOT_LOOKED_AT.has(status)) return { retry: 'transient', outcome: 'refused' };
	if (status === 408) return { retry: 'transient', outcome: outcomeOf408(headers, elapsed) };
	return { retry: status >= 500 || status < 300 ? 'transient' : 'never', outcome: 'unknown' };
}

/** What it tells when the answer is the service's own: a plain refusal, where the status can be one. */
export function asRefusal(meaning: Meaning, { status }: Pick<HttpResponse, 'status'>): Meaning {
	const isPlain = status < 300 || (status >= 400 && status < 500);
	return isPlain && meaning.outcome === 'unknown'
		? { retry: 'never', outcome: 'refused' }
		: meaning;
}

/** A gateway waits longer for what is behind it: milliseconds. */
const AT_ONCE = 10_000;

/**
 * A server says so at once to a connection that it was about to close: the request came too late for
 * it. A gateway that says so after a while may have passed the request on.
 */
function outcomeOf408({ connection = '' }: HttpResponse['headers'], elapsed = Infinity): Outcome {
	return connection.toLowerCase() === 'close' && elapsed < AT_ONCE ? 'refused' : 'unknown';
}
