export type TransportFailure =
	/** The name of the host could not be resolved. */
	| 'dns'
	/** No connection: refused, unreachable, timed out, proxy refused. */
	| 'connect'
	/** The certificate of the host is not trusted. */
	| 'tls'
	/** The request cannot be written: a header or the address is not valid. */
	| 'invalid'
	/** The connection broke while the request was under way. */
	| 'reset'
	/** Nothing moved for as long as the timeout allows. */
	| 'stalled'
	/** The egress filter of the n8n server forbids the host. */
	| 'forbidden'
	/** The answer is larger than any answer of these services. */
	| 'oversize'
	/** The execution was cancelled. */
	| 'cancelled';

/**
 * Thrown when a request got no complete answer.
 *
 * `sent` tells whether the service may have seen the request: a failed connection never reached
 * it, so repeating is harmless; anything later may have been carried out.
 */
export class TransportError extends Error {
	constructor(
		readonly failure: TransportFailure,
		readonly host: string,
		readonly sent: boolean,
		/** System or undici code such as ECONNREFUSED. */
		readonly code: string,
		options?: { cause?: unknown },
	) {
		super(`${failure} (${code}) at ${host}`, options);
		this.name = 'TransportError';
	}
}

const DNS_CODES = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EAI_NODATA', 'EAI_NONAME']);
const CONNECT_CODES = new Set([
	'ECONNREFUSED',
	'EHOSTUNREACH',
	'ENETUNREACH',
	'EHOSTDOWN',
	'EADDRNOTAVAIL',
	'UND_ERR_CONNECT_TIMEOUT',
	'UND_ERR_PRX_TLS',
]);

const INVALID_CODES = new Set(['UND_ERR_INVALID_ARG', 'UND_ERR_NOT_SUPPORTED', 'ERR_INVALID_CHAR']);

const TLS_CODE = /CERT|SELF_SIGNED|ERR_TLS|ERR_SSL|UNABLE_TO_/;

/** Names what went wrong in an error that undici or Node.js threw. */
export function toTransportError(error: unknown, host: string, sent: boolean): TransportError {
	if (error instanceof TransportError) return error;
	const first = error instanceof AggregateError ? error.errors[0] : error;
	const code = codeOf(error) ?? codeOf(first) ?? 'UNKNOWN';
	if (DNS_CODES.has(code)) return new TransportError('dns', host, false, code, { cause: error });
	if (PROXY_REFUSES.test(messageOf(error))) {
		return new TransportError('connect', host, false, 'PROXY_AUTHENTICATION', { cause: error });
	}
	if (INVALID_CODES.has(code)) {
		return new TransportError('invalid', host, false, code, { cause: error });
	}
	if (TLS_CODE.test(code)) return new TransportError('tls', host, false, code, { cause: error });
	const refused = CONNECT_CODES.has(code) || !sent;
	return new TransportError(refused ? 'connect' : 'reset', host, !refused, code, { cause: error });
}

/** undici reports a proxy's 407 as an invalid argument. */
const PROXY_REFUSES = /Proxy Authentication Required/;

function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : '';
}

function codeOf(error: unknown): string | undefined {
	const code = (error as { code?: unknown } | undefined)?.code;
	return typeof code === 'string' ? code : undefined;
}
