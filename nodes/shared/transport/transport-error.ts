export type TransportFailure =
	/** The host name could not be resolved. */
	| 'dns'
	/** No connection: refused, unreachable or timed out. */
	| 'connect'
	/** No connection to the proxy; `host` is the proxy. */
	| 'proxy'
	/** The certificate of the proxy is not trusted; `host` is the proxy. */
	| 'proxyCertificate'
	/** The certificate of the proxy is for another name; `host` is the proxy. */
	| 'proxyOtherName'
	/** TLS to the proxy failed; `host` is the proxy. */
	| 'proxyTls'
	/** The proxy did not answer the request for a tunnel in HTTP; `host` is the proxy. */
	| 'proxyTunnel'
	/** The proxy refuses to connect to the host. */
	| 'proxyRefusal'
	/** The certificate of the host is not trusted. */
	| 'certificate'
	/** The certificate of the host is for another name. */
	| 'otherName'
	/** TLS itself failed: no common version, a damaged record or an alert. */
	| 'tls'
	/** The proxy requires a login (407). */
	| 'proxyLogin'
	/** The address of the proxy is not valid; `code` is the variable that holds it. */
	| 'proxyAddress'
	/** The proxy is a SOCKS proxy; `code` is the variable that holds its address. */
	| 'proxySocks'
	/** The request cannot be written: a header or the URL is not valid. */
	| 'invalid'
	/** The connection broke during the request. */
	| 'reset'
	/** The response is not HTTP. */
	| 'notHttp'
	/** Nothing moved for the whole timeout. */
	| 'stalled'
	/** The egress filter of the n8n server forbids the host. */
	| 'forbidden'
	/** The response is larger than any of these services sends. */
	| 'oversize'
	/** The response is encoded and cannot be decoded. */
	| 'encoded'
	/** The execution was cancelled. */
	| 'cancelled';

/**
 * Thrown when a request got no complete response.
 *
 * `sent` tells whether the service may have seen the request. If not, repeating it is harmless; if
 * so, it may have been carried out.
 */
export class TransportError extends Error {
	/** Where the request was to go: the host, unless that is the proxy. */
	readonly target: string;

	constructor(
		readonly failure: TransportFailure,
		readonly host: string,
		readonly sent: boolean,
		/** A system or undici code such as ECONNREFUSED, or the name of an environment variable. */
		readonly code: string,
		options?: { cause?: unknown; target?: string },
	) {
		super(`${failure} (${code}) at ${host}`, options);
		this.name = 'TransportError';
		this.target = options?.target ?? host;
	}
}

const DNS_CODES = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EAI_NODATA', 'EAI_NONAME']);

const INVALID_CODES = new Set(['UND_ERR_INVALID_ARG', 'UND_ERR_NOT_SUPPORTED', 'ERR_INVALID_CHAR']);

/**
 * Includes OpenSSL's codes, but not its alerts (ERR_SSL_…): those mean the client's certificate.
 */
const CERTIFICATE_CODE =
	/^(?!ERR_SSL).*(?:CERT|SELF_SIGNED|UNABLE_TO_|INVALID_CA|HOSTNAME_MISMATCH)/;

const TLS_CODE = /^(?:ERR_SSL|ERR_TLS|EPROTO)/;

/** undici has no code for a proxy that refuses a tunnel or a plain request, only these messages. */
const PROXY_REFUSES = /^Proxy (?:response|Authentication Required) \((\d+)\)/;

/**
 * Converts the error of a request to a {@link TransportError}.
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

/**
 * Converts the error of a connection attempt to a {@link TransportError}. Whatever its code
 * suggests, nothing was sent yet.
 */
export function connectError(error: unknown, host: string): TransportError {
	if (error instanceof TransportError) return error;
	const code = codeOf(error);
	const named = (failure: TransportFailure, at = host) =>
		new TransportError(failure, at, false, code, { cause: error });
	if (PROXY_REFUSES.test(messageOf(error))) return proxyRefusal(error, host);
	if (DNS_CODES.has(code)) return named('dns', lookedUp(error, host));
	if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return named('otherName');
	if (CERTIFICATE_CODE.test(code)) return named('certificate');
	return named(TLS_CODE.test(code) ? 'tls' : 'connect');
}

/** Converts the error of a connection attempt to a proxy to a {@link TransportError}. */
export function proxyError(error: unknown, proxy: string): TransportError {
	const named = connectError(error, proxy);
	const failure = OF_PROXY[named.failure];
	if (!failure) return named;
	// With its original code, undici would wrap the error in one that has this code.
	const code = failure === 'proxyOtherName' ? 'UND_ERR_PRX_TLS' : named.code;
	return new TransportError(failure, proxy, false, code, { cause: error });
}

/** Failures to connect, and what they are called when the peer is the proxy. */
const OF_PROXY: Partial<Record<TransportFailure, TransportFailure>> = {
	dns: 'proxy',
	connect: 'proxy',
	certificate: 'proxyCertificate',
	otherName: 'proxyOtherName',
	tls: 'proxyTls',
};

/**
 * Converts an error between connecting to a proxy and its response to the request for a tunnel.
 *
 * @param target `host:port` that the tunnel was to reach
 */
export function tunnelError(error: unknown, proxy: string, target: string): TransportError {
	if (error instanceof TransportError) return error;
	const code = withoutUndici(codeOf(error));
	const failure = TLS_CODE.test(code) ? 'proxyTls' : 'proxyTunnel';
	return new TransportError(failure, proxy, false, code, { cause: error, target });
}

/**
 * Whether undici could not parse the response as HTTP. Most such errors have a code of the parser;
 * a status of 0 fails an assertion.
 */
function isNoHttp(error: unknown): boolean {
	const { name, code } = error as { name?: unknown; code?: unknown };
	return name === 'HTTPParserError' || code === 'ERR_ASSERTION';
}

/** Statuses after which the proxy may be asked again: it is busy, or its own attempt failed. */
const PROXY_MAY_CHANGE_ITS_MIND = /^(?:408|429|[123]..|5..)$/;

/**
 * Replaces codes that undici takes for retryable: it would reconnect without a pause and call a
 * proxy that hangs up on tunnels a thousand times a second.
 */
function withoutUndici(code: string): string {
	// The proxy did not answer the request for a tunnel in time.
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

/** Returns the name that was not found, which may be that of the proxy. */
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
