export type TransportFailure =
	/** The name of the host could not be resolved. */
	| 'dns'
	/** No connection: refused, unreachable, timed out. */
	| 'connect'
	/** No connection to the proxy, which is the host here. */
	| 'proxy'
	/** The certificate of the proxy, which is the host here, is not trusted. */
	| 'proxyCertificate'
	/** The certificate of the proxy, which is the host here, is for other names. */
	| 'proxyOtherName'
	/** TLS to the proxy, which is the host here, failed. */
	| 'proxyTls'
	/** The proxy, which is the host here, gave no answer in HTTP when it was asked for a tunnel. */
	| 'proxyTunnel'
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
	/** The proxy in the variable that the code names is one of SOCKS. */
	| 'proxySocks'
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
	/** Where the request was to go: the host, but where that is the proxy. */
	readonly target: string;

	constructor(
		readonly failure: TransportFailure,
		readonly host: string,
		readonly sent: boolean,
		/** System or undici code such as ECONNREFUSED, or the name of a variable. */
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

/** Also those of OpenSSL; its alerts (ERR_SSL_…) may name a certificate too, but that of the client. */
const CERTIFICATE_CODE =
	/^(?!ERR_SSL).*(?:CERT|SELF_SIGNED|UNABLE_TO_|INVALID_CA|HOSTNAME_MISMATCH)/;

const TLS_CODE = /^(?:ERR_SSL|ERR_TLS|EPROTO)/;

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
	const code = codeOf(error);
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
	const failure = OF_PROXY[named.failure];
	if (!failure) return named;
	// The code for another name has undici wrap the error into one that has this code.
	const code = failure === 'proxyOtherName' ? 'UND_ERR_PRX_TLS' : named.code;
	return new TransportError(failure, proxy, false, code, { cause: error });
}

/** What a failure to connect is called where it is the proxy that is connected to. */
const OF_PROXY: Partial<Record<TransportFailure, TransportFailure>> = {
	dns: 'proxy',
	connect: 'proxy',
	certificate: 'proxyCertificate',
	otherName: 'proxyOtherName',
	tls: 'proxyTls',
};

/**
 * Names what went wrong between the connection to a proxy and its answer to the call for a tunnel.
 *
 * @param target `host:port` to which the tunnel was to lead
 */
export function tunnelError(error: unknown, proxy: string, target: string): TransportError {
	if (error instanceof TransportError) return error;
	const code = withoutUndici(codeOf(error));
	const failure = TLS_CODE.test(code) ? 'proxyTls' : 'proxyTunnel';
	return new TransportError(failure, proxy, false, code, { cause: error, target });
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
