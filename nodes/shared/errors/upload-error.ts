import type { IDataObject } from 'n8n-workflow';

import type { TransportError, TransportFailure } from '../transport';
import type { Outcome } from './outcome';
import type { OwnCode } from './own-code';
import { redact } from './redact';
import { TRANSPORT_TEXTS } from './transport-texts';

/**
 * Whether waiting helps:
 * - `never`: the same request would fail again
 * - `transient`: the service or the network failed, it may work in a moment
 * - `throttled`: the service refused the call for its rate; it asks to wait
 */
export type Retry = 'never' | 'transient' | 'throttled';

export interface UploadErrorFacts {
	/** One sentence in plain words: what happened. No raw codes: n8n rewrites some of them. */
	title: string;
	/** What to do about it. */
	description?: string;
	/** What became of the step that failed. */
	outcome: Outcome;
	/** The step of the upload that failed, e.g. `commit`. */
	step?: string;
	/** Error code of the service, of OSS or of the network. */
	code?: string;
	/** What support asks for. */
	requestId?: string;
	httpStatus?: number;
	/** Default `never`. */
	retry?: Retry;
	/** Milliseconds that the service asked to wait. */
	retryAfter?: number;
	/** More data for the error output, e.g. `uploadKey`. Never a secret. */
	details?: IDataObject;
	/** The input is at fault, not the service. */
	badInput?: boolean;
	cause?: unknown;
}

/** Characters; an answer may quote megabytes. */
const MAX_LENGTH = { title: 1_000, description: 2_000, code: 200 };

/** A text that may come from outside, as it can be shown. */
function shown(text: string, longest: number): string {
	const clean = redact(text);
	return clean.length > longest ? `${clean.slice(0, longest - 1)}…` : clean;
}

/** Every failure that the nodes explain, before it becomes an n8n error at the node's edge. */
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

	/** The same error with more known about it. */
	with(more: Partial<UploadErrorFacts>): UploadError {
		const details = { ...this.facts.details, ...more.details };
		return new UploadError({ ...this.facts, ...more, details });
	}
}

/** An error in what the user entered: reported before any byte is sent. */
export function badInput(title: string, description?: string, details?: IDataObject): UploadError {
	return new UploadError({ title, description, details, outcome: 'notSent', badInput: true });
}

/** An error that the node itself has found, as opposed to one that a service tells. */
export function ownError(facts: UploadErrorFacts & { code: OwnCode }): UploadError {
	return new UploadError(facts);
}

/** Whether it is one of the node's own errors, with one of these codes. */
export function isOwn({ facts }: UploadError, ...codes: OwnCode[]): boolean {
	return codes.some((code) => code === facts.code);
}

/** An answer that lacks what the service's documentation promises; what was asked may be done. */
export function incompleteAnswer(
	service: string,
	facts: Pick<UploadErrorFacts, 'step' | 'requestId' | 'httpStatus'>,
): UploadError {
	return ownError({
		title: `The answer of ${service} is incomplete`,
		description:
			'It lacks what the documentation promises. If a proxy or gateway stands in between, check it; otherwise report the request id to the service.',
		code: 'INCOMPLETE_ANSWER',
		outcome: 'unknown',
		...facts,
	});
}

/** Failures of the network that may be over in a moment. */
const PASSING = new Set<TransportFailure>([
	...(['dns', 'connect', 'tls', 'reset', 'notHttp', 'stalled'] as const),
	...(['proxy', 'proxyTls', 'proxyTunnel'] as const),
]);

/** Puts a failure of the network into words. */
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
