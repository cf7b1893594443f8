import type { Outcome, Retry } from './errors';
import type { HttpResponse } from './transport';

/** Whether waiting helps, and what is known about the request. */
export interface Meaning {
	retry: Retry;
	outcome: Outcome;
}

/** 421 and 425 are sent before the request is processed. */
const NOT_LOOKED_AT = new Set([421, 425]);

/**
 * A server sends 408 when it has not received the whole request, and a gateway also when the server
 * behind it has not answered. A server that ends an idle connection this way causes no loss,
 * because that connection is not used again.
 */
const TOO_LATE = 408;

/**
 * Returns what the status alone tells about a request. Only the service itself can refuse: a
 * response without its code, from something on the way, may come after the request was carried out.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-15.5
 */
export function meaningOf({ status }: Pick<HttpResponse, 'status'>): Meaning {
	if (status === 429) return { retry: 'throttled', outcome: 'refused' };
	if (NOT_LOOKED_AT.has(status)) return { retry: 'transient', outcome: 'refused' };
	const passes = status >= 500 || status < 300 || status === TOO_LATE;
	return { retry: passes ? 'transient' : 'never', outcome: 'unknown' };
}

/**
 * Returns what the status tells when the response is the service's own: a plain refusal where the
 * status allows that.
 */
export function asRefusal(meaning: Meaning, { status }: Pick<HttpResponse, 'status'>): Meaning {
	const isPlain = status < 300 || (status >= 400 && status < 500 && status !== TOO_LATE);
	return isPlain && meaning.outcome === 'unknown'
		? { retry: 'never', outcome: 'refused' }
		: meaning;
}
