import type { IDataObject } from 'n8n-workflow';

import type { TransportError, TransportFailure } from '../transport';
import type { Outcome } from './outcome';
import type { OwnCode } from './own-code';
import { redact } from './redact';
import { TRANSPORT_TEXTS } from './transport-texts';

/**
 * Whether waiting helps:
 * - `never`: the same request would fail again
 * - `transient`: the service or the network failed; it may work in a moment
 * - `throttled`: the service refused the call because of its rate limit
 */
export type Retry = 'never' | 'transient' | 'throttled';

export interface UploadErrorFacts {
	/** What happened, in one plain sentence. No raw codes: n8n rewrites some of them. */
	title: string;
	/** What the user can do about it. */
	description?: string;
	/** What is known about the failed step. */
	outcome: Outcome;
	/** The failed step of the upload, e.g. `commit`. */
	step?: string;
	/** The error code of the service, the storage or the network, or an {@link OwnCode}. */
	code?: string;
	/** The request ID, which support asks for. */
	requestId?: string;
	httpStatus?: number;
	/** Default `never`. */
	retry?: Retry;
	/** Milliseconds that the service asks to wait. */
	retryAfter?: number;
	/** More data for the error output, e.g. `uploadKey`. Never a secret. */
	details?: IDataObject;
	/** Whether the input is at fault, not the service. */
	badInput?: boolean;
	cause?: unknown;
}

/** Maximum lengths in characters; a response may contain megabytes. */
const MAX_LENGTH = { title: 1_000, description: 2_000, code: 200 };

/** Returns a text, possibly from outside, as it may be shown: redacted and shortened. */
function shown(text: string, longest: number): string {
	const clean = redact(text);
	return clean.length > longest ? `${clean.slice(0, longest - 1)}…` : clean;
}

/** A failure that the nodes explain, until the node converts it to an n8n error. */
export class UploadError extends Error {
	readonly facts: UploadErrorFacts;

	constructor(facts: UploadErrorFacts) {
		const title = shown(facts.title, MAX_LENGTH.title);
		super(title, { cause: facts.cause });
		this.name = 'UploadError';
		this.facts = {
			...facts,
			title,
			description: facts.description && shown(facts.description, MAX_LENGTH.description),
			code: facts.code && shown(facts.code, MAX_LENGTH.code),
			requestId: facts.requestId && shown(facts.requestId, MAX_LENGTH.code),
		};
	}

	/** Returns the same error with more facts. */
	with(more: Partial<UploadErrorFacts>): UploadError {
		const details = { ...this.facts.details, ...more.details };
		return new UploadError({ ...this.facts, ...more, details });
	}
}

/** Creates the error for bad user input, reported before any byte is sent. */
export function badInput(title: string, description?: string, details?: IDataObject): UploadError {
	return new UploadError({ title, description, details, outcome: 'notSent', badInput: true });
}

/** Creates an error that the node itself has found, as opposed to one from a service. */
export function ownError(facts: UploadErrorFacts & { code: OwnCode }): UploadError {
	return new UploadError(facts);
}

/** Whether this is one of the node's own errors, with one of these codes. */
export function isOwn({ facts }: UploadError, ...codes: OwnCode[]): boolean {
	return codes.some((code) => code === facts.code);
}

/** Creates the error for a response that lacks documented fields; the request may have worked. */
export function incompleteAnswer(
	service: string,
	facts: Pick<UploadErrorFacts, 'step' | 'requestId' | 'httpStatus'>,
): UploadError {
	return ownError({
		title: `The answer from ${service} is incomplete`,
		description:
			'It lacks documented fields. Check any proxy or gateway on the way; if there is none, report the request ID to the service.',
		code: 'INCOMPLETE_ANSWER',
		outcome: 'unknown',
		...facts,
	});
}

/** Network failures that may be over in a moment. */
const PASSING = new Set<TransportFailure>([
	...(['dns', 'connect', 'tls', 'reset', 'notHttp', 'stalled'] as const),
	...(['proxy', 'proxyTls', 'proxyTunnel'] as const),
]);

/** Converts a network failure to an error with texts for the user. */
export function fromTransport(error: TransportError, step: string): UploadError {
	const { failure, host, sent, code, target } = error;
	const text = TRANSPORT_TEXTS[failure](host, code, target);
	const begun = failure === 'cancelled' ? 'cancelled' : 'notSent';
	return new UploadError({
		...text,
		step,
		code,
		outcome: sent ? 'unknown' : begun,
		retry: PASSING.has(failure) ? 'transient' : 'never',
		cause: error,
	});
}
