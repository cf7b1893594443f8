import type { IDataObject } from 'n8n-workflow';

import { TransportError } from '../transport';
import { redact } from './redact';

/**
 * How an error may be answered:
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
	/** The step of the upload that failed, e.g. `commit`. */
	step?: string;
	/** Error code of the service, of OSS or of the network. */
	code?: string;
	/** What support asks for. */
	requestId?: string;
	httpStatus?: number;
	/** Default `never`. */
	retry?: Retry;
	/** Whether the service may have carried out the request all the same. Default false. */
	outcomeUnknown?: boolean;
	/** Milliseconds that the service asked to wait. */
	retryAfter?: number;
	/** More data for the error output, e.g. `uploadKey`. Never a secret. */
	details?: IDataObject;
	/** The input is at fault, not the service: nothing was sent. */
	badInput?: boolean;
	cause?: unknown;
}

/** Characters; an answer may quote megabytes. */
const LONGEST = { title: 1_000, description: 2_000, code: 200 };

/** A text that may come from outside, as it can be shown. */
function shown(text: string, longest: number): string {
	const clean = redact(text);
	return clean.length > longest ? `${clean.slice(0, longest - 1)}…` : clean;
}

/** Every failure that the nodes explain, before it becomes an n8n error at the node's edge. */
export class UploadError extends Error {
	readonly facts: UploadErrorFacts;

	constructor(facts: UploadErrorFacts) {
		const title = shown(facts.title, LONGEST.title);
		super(title, { cause: facts.cause });
		this.name = 'UploadError';
		this.facts = {
			...facts,
			title,
			description: facts.description && shown(facts.description, LONGEST.description),
			code: facts.code && shown(facts.code, LONGEST.code),
			requestId: facts.requestId && shown(facts.requestId, LONGEST.code),
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
	return new UploadError({ title, description, details, badInput: true });
}

/** An answer that lacks what the service's documentation promises; what was asked may be done. */
export function incompleteAnswer(
	service: string,
	facts: Pick<UploadErrorFacts, 'step' | 'requestId' | 'httpStatus'>,
): UploadError {
	return new UploadError({
		title: `The answer of ${service} is incomplete`,
		description:
			'It lacks what the documentation promises. If a proxy or gateway stands in between, check it; otherwise report the request id to the service.',
		code: 'INCOMPLETE_ANSWER',
		outcomeUnknown: true,
		...facts,
	});
}

/** Whether it failed because the execution was stopped, or because another file failed. */
export function isCancelled(error: unknown): boolean {
	if (error instanceof TransportError) return error.failure === 'cancelled';
	return error instanceof UploadError && error.facts.code === 'ABORTED';
}

/** Puts a failure of the network into words. */
export function fromTransport(error: TransportError, step: string): UploadError {
	const { failure, host, sent, code } = error;
	const text = TRANSPORT_TEXTS[failure](host);
	const retriable = ['dns', 'connect', 'reset', 'stalled'].includes(failure);
	return new UploadError({
		...text,
		step,
		code,
		retry: retriable ? 'transient' : 'never',
		outcomeUnknown: sent,
		cause: error,
	});
}

export const TRANSPORT_TEXTS: Record<
	TransportError['failure'],
	(host: string) => { title: string; description: string }
> = {
	dns: (host) => ({
		title: `The address of ${host} could not be found`,
		description: 'Check the DNS settings of the n8n server and the base URL in the credential.',
	}),
	connect: (host) => ({
		title: `No connection to ${host}`,
		description:
			'Check that the n8n server may reach this host: firewall, proxy (HTTPS_PROXY, NO_PROXY) and the base URL in the credential.',
	}),
	tls: (host) => ({
		title: `The certificate of ${host} is not trusted`,
		description:
			'If a company proxy inspects traffic, give its certificate to the n8n server with NODE_EXTRA_CA_CERTS.',
	}),
	invalid: (host) => ({
		title: `The request to ${host} cannot be sent`,
		description:
			'A header, the address or the address of the proxy (HTTP_PROXY) is not valid in HTTP. Use the headers and the address exactly as they were given.',
	}),
	reset: (host) => ({
		title: `The connection to ${host} broke`,
		description: 'Run the workflow again. If it happens often, look at proxies and firewalls.',
	}),
	stalled: (host) => ({
		title: `Nothing moved any more on the connection to ${host}`,
		description:
			'Run the workflow again. On a very slow connection raise the option "Timeout" and lower "Max Concurrency".',
	}),
	forbidden: (host) => ({
		title: `This n8n server does not allow connections to ${host}`,
		description:
			'The operator of the server can allow the host with N8N_SSRF_ALLOWED_HOSTNAMES or N8N_SSRF_ALLOWED_IP_RANGES.',
	}),
	oversize: (host) => ({
		title: `The answer of ${host} is far too large`,
		description: 'Another server seems to answer here: check the base URL and the proxy.',
	}),
	cancelled: () => ({
		title: 'The execution was cancelled',
		description: 'Uploads that were running were stopped, and no new call was begun.',
	}),
};
