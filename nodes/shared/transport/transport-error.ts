export type TransportFailure =
	/** The name of the host could not be resolved. */
	| 'dns'
	/** No connection: refused, unreachable, timed out. */
	| 'connect'
	/** No connection to the proxy, which is the host here. */
	| 'proxy'
	/** The proxy refuses to make a connection to the host. */
	| 'proxyRefusal'
	/** The certificate of the host is not trusted. */
	| 'certificate'
	/** The certificate is for other names than that of the host. */
	| 'otherName'
	/** TLS itself failed: a version that nobody shares, a damaged record, an alert. */
	| 'tls'
	/** The proxy asks for a login (407). */
	| 'proxyLogin'
	/** The address of the proxy, in the variable that the code names, is none. */
	| 'proxyAddress'
	/** The request cannot be written: a header or the address is not valid. */
	| 'invalid'
	/** The connection broke while the request was under way. */
	| 'reset'
	/** What came back is not HTTP. */
	| 'notHttp'
	/** Nothing moved for as long as the timeout allows. */
	| 'stalled'
	/** The egress filter of the n8n server forbids the host. */
	| 'forbidden'
	/** The answer is larger than any answer of these services. */
	| 'oversize'
	/** The answer is encoded, and cannot be read. */
	| 'encoded'
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
		/** System or undici code such as ECONNREFUSED, or the name of a variable. */
		readonly code: string,
		options?: { cause?: unknown },
	) {
		super(`${failure} (${code}) at ${host}`, options);
		this.name = 'TransportError';
	}
}

const DNS_CODES = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EAI_NODATA', 'EAI_NONAME']);

const INVALID_CODES = new Set(['UND_ERR_INVALID_ARG', 'UND_ERR_NOT_SUPPORTED', 'ERR_INVALID_CHAR']);

/** Also those of OpenSSL; its alerts (ERR_SSL_…) may name a certificate too, but that of the client. */
const CERTIFICATE_CODE =
	/^(?!ERR_SSL).*(?:CERT|SELF_SIGNED|UNABLE_TO_|INVALID_CA|HOSTNAME_MISMATCH)/;

const TLS_CODE = /^(?:ERR_SSL|ERR_TLS|EPROTO|UND_ERR_PRX_TLS)/;

/** undici has no code for a proxy's refusal: to make a tunnel, and to pass on a plain request. */
const PROXY_REFUSES = /^Proxy (?:response|Authentication Required) \((\d+)\)/;

/**
 * Names what went wrong on a connection, or before there was one.
 *
 * @param sent whether the service may have seen the request
 */
export function toTransportError(error: unknown, host: string, sent: boolean): TransportError {
	if (error instanceof TransportError) return error;
	const code = codeOf(error);
	if (PROXY_REFUSES.test(messageOf(error))) return proxyRefusal(error, host);
	if (INVALID_CODES.has(code)) {
		return new TransportError('invalid', host, false, code, { cause: error });
	}
	if (!sent) return connectError(error, host);
	if (isNoHttp(error)) return new TransportError('notHttp', host, true, code, { cause: error });
	const failure = TLS_CODE.test(code) ? 'tls' : 'reset';
	return new TransportError(failure, host, true, code, { cause: error });
}

/** Names what went wrong while a connection was made: nothing was sent yet, whatever its code says. */
export function connectError(error: unknown, host: string): TransportError {
	if (error instanceof TransportError) return error;
	const code = withoutUndici(codeOf(error));
	const named = (failure: TransportFailure, at = host) =>
		new TransportError(failure, at, false, code, { cause: error });
	if (PROXY_REFUSES.test(messageOf(error))) return proxyRefusal(error, host);
	if (DNS_CODES.has(code)) return named('dns', lookedUp(error, host));
	if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return named('otherName');
	if (CERTIFICATE_CODE.test(code)) return named('certificate');
	return named(TLS_CODE.test(code) ? 'tls' : 'connect');
}

/** Names what went wrong while a connection to a proxy was made. */
export function proxyError(error: unknown, proxy: string): TransportError {
	const named = connectError(error, proxy);
	if (named.failure !== 'dns' && named.failure !== 'connect') return named;
	return new TransportError('proxy', proxy, false, named.code, { cause: error });
}

/** undici's parser refuses what is not HTTP, mostly with a code of its own; a status of 0 it asserts. */
function isNoHttp(error: unknown): boolean {
	const { name, code } = error as { name?: unknown; code?: unknown };
	return name === 'HTTPParserError' || code === 'ERR_ASSERTION';
}

/** What the proxy may be asked for again: it is busy, or what it asked has failed. */
const PROXY_MAY_CHANGE_ITS_MIND = /^(?:408|429|[123]..|5..)$/;

/**
 * undici takes these two for a request that may be made again, and connects again and again without a
 * pause: a proxy that hangs up on a tunnel would be called a thousand times a second.
 */
function withoutUndici(code: string): string {
	// Of a proxy that does not answer in time when it is asked for a tunnel.
	if (code === 'UND_ERR_HEADERS_TIMEOUT') return 'UND_ERR_CONNECT_TIMEOUT';
	return code === 'UND_ERR_SOCKET' || code === 'UND_ERR_INFO' ? 'PROXY_HUNG_UP' : code;
}

function proxyRefusal(error: unknown, host: string): TransportError {
	const [, status = ''] = PROXY_REFUSES.exec(messageOf(error)) ?? [];
	const named = (failure: TransportFailure) =>
		new TransportError(failure, host, false, `PROXY_HTTP_${status}`, { cause: error });
	if (status === '407') return named('proxyLogin');
	return named(PROXY_MAY_CHANGE_ITS_MIND.test(status) ? 'connect' : 'proxyRefusal');
}

/** The name that was not found may be that of the proxy. */
function lookedUp(error: unknown, host: string): string {
	const { hostname } = error as { hostname?: unknown };
	return typeof hostname === 'string' && !host.startsWith(hostname) ? hostname : host;
}

function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : '';
}

function codeOf(error: unknown): string {
	const first: unknown = error instanceof AggregateError ? error.errors[0] : undefined;
	const code = [error, first].map((each) => (each as { code?: unknown } | undefined)?.code);
	const named = code.find((each): each is string => typeof each === 'string') ?? 'UNKNOWN';
	return isNoHttp(error) && !named.startsWith('HPE_') ? 'NOT_HTTP' : named;
}
