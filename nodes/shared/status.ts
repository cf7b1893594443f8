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
 * A server means by it that it has not seen all of the request; a gateway also, that what is behind it
 * has not answered. A server that ends an idle connection so is never asked on it: nothing was lost.
 */
const TOO_LATE = 408;

/**
 * What the status of an answer alone tells of the request. Only who knows the service can refuse in its
 * name: an answer without its code, from whatever stands in between, may come after the work.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-15.5
 */
export function meaningOf({ status }: Pick<HttpResponse, 'status'>): Meaning {
	if (status === 429) return { retry: 'throttled', outcome: 'refused' };
	if (NOT_LOOKED_AT.has(status)) return { retry: 'transient', outcome: 'refused' };
	const passes = status >= 500 || status < 300 || status === TOO_LATE;
	return { retry: passes ? 'transient' : 'never', outcome: 'unknown' };
}

/** What it tells when the answer is the service's own: a plain refusal, where the status can be one. */
export function asRefusal(meaning: Meaning, { status }: Pick<HttpResponse, 'status'>): Meaning {
	const isPlain = status < 300 || (status >= 400 && status < 500 && status !== TOO_LATE);
	return isPlain && meaning.outcome === 'unknown'
		? { retry: 'never', outcome: 'refused' }
		: meaning;
}
