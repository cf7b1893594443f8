import type { LookupFunction } from 'node:net';
import { Agent, buildConnector, Pool, ProxyAgent, type Dispatcher } from 'undici';

import { withoutInterim } from './interim';
import { addressFault, proxyFor, type ProxySetting } from './proxy';
import { connectError, proxyError, TransportError, tunnelError } from './transport-error';
import type { EgressFilter } from './types';

/**
 * The dispatchers of this process, by route and egress policy. All executions share their
 * connections, so that a thousand small files need only as many connections as run concurrently.
 * The egress policy belongs to the n8n server, not to an execution, so its filter can be shared
 * too.
 */
const dispatchers = new Map<string, Dispatcher>();

/** Turns off undici's time limits, which would cut off slow uploads: the transport has its own. */
const NO_LIMITS = { headersTimeout: 0, bodyTimeout: 0 };

/**
 * Options for every connection; times in milliseconds. n8n turns off the automatic choice between
 * IPv4 and IPv6 for its process, so a host whose first address is dead would never be reached. Here
 * it is always on.
 */
const CONNECT = { timeout: 15_000, autoSelectFamily: true, autoSelectFamilyAttemptTimeout: 250 };

/**
 * Returns the keep-alive pool for a URL: direct, or through the proxy that the environment names.
 *
 * @throws {TransportError} when that proxy cannot or must not be used
 */
export function dispatcherFor(url: URL, filter?: EgressFilter): Dispatcher {
	const proxy = proxyFor(url);
	const key = `${proxy?.uri ?? 'direct'} ${filter ? 'filtered' : 'open'}`;
	let dispatcher = dispatchers.get(key);
	if (!dispatcher) {
		dispatcher = proxy ? throughProxy(proxy, filter) : direct(filter);
		dispatchers.set(key, dispatcher);
	}
	return dispatcher;
}

/** Closes all keep-alive connections. */
export async function closeDispatchers(): Promise<void> {
	const open = [...dispatchers.values()];
	dispatchers.clear();
	await Promise.all(open.map(async (dispatcher) => await dispatcher.close()));
}

function direct(filter?: EgressFilter): Dispatcher {
	const connect = { ...CONNECT, ...secureLookup(filter) };
	return new Agent({ ...NO_LIMITS, connect: tolerant(buildConnector(connect)) });
}

function throughProxy({ uri, variable }: ProxySetting, filter?: EgressFilter): Dispatcher {
	const proxyTls = { ...CONNECT, ...secureLookup(filter) };
	const fault = addressFault(uri);
	if (fault) throw new TransportError(fault, '', false, variable);
	assertProxyAllowed(uri, filter);
	return new ProxyAgent({
		...NO_LIMITS,
		uri,
		proxyTunnel: false,
		proxyTls,
		factory: (origin: URL, options: Pool.Options) => tolerantPool(origin, options, uri),
		clientFactory: (origin: URL, options: Pool.Options) =>
			forTunnels(tolerantPool(origin, { ...options, headersTimeout: CONNECT.timeout }, uri), uri),
	});
}

/** Makes sockets tolerate what gateways send, and errors say that nothing was sent. */
function tolerant(
	connect: buildConnector.connector,
	explain: typeof connectError = connectError,
): buildConnector.connector {
	return (options, callback) =>
		connect(options, (...result) => {
			const [error, socket] = result;
			if (error) return callback(explain(error, options.host ?? options.hostname), null);
			// Node leaves a connection open whose TLS broke, and undici waits for its end.
			socket.once('error', () => socket.destroy());
			return callback(null, withoutInterim(socket));
		});
}

/** Does the same for connections through a proxy, which its agent makes in its own way. */
function tolerantPool(origin: URL, options: Pool.Options, proxy: string): Dispatcher {
	const { connect } = options;
	if (typeof connect !== 'function') return new Pool(origin, options);
	const isProxy = new URL(origin).host === new URL(proxy).host;
	const explain = isProxy ? proxyError : connectError;
	return new Pool(origin, { ...options, connect: tolerant(connect, explain) });
}

/** Makes a pool that only asks a proxy for tunnels explain why it got none. */
function forTunnels(pool: Dispatcher, proxy: string): Dispatcher {
	const ask: (options: Dispatcher.ConnectOptions) => Promise<unknown> = pool.connect.bind(pool);
	const askOrExplain = async (options: Dispatcher.ConnectOptions) =>
		await ask(options).catch((error: unknown) => {
			throw tunnelError(error, new URL(proxy).host, options.path);
		});
	return Object.assign(pool, { connect: askOrExplain });
}

function secureLookup(filter?: EgressFilter) {
	if (!filter) return {};
	const secure = filter.createSecureLookup();
	const lookup: LookupFunction = (hostname, options, done) =>
		secure(hostname, options, (error, ...found) =>
			done(error && (refusal(error, hostname) as never), ...found),
		);
	return { lookup };
}

/** Asks the filter about a proxy named by IP address, because nothing looks it up. */
function assertProxyAllowed(uri: string, filter?: EgressFilter): void {
	const { host, hostname } = new URL(uri);
	const verdict = filter?.validateConnectionHost(hostname);
	if (verdict && !verdict.ok) throw refusal(verdict.error, host);
}

function refusal(error: NodeJS.ErrnoException, host: string): Error {
	if (error.syscall === 'getaddrinfo' || /^E/.test(error.code ?? '')) return error;
	return new TransportError('forbidden', host, false, 'EGRESS', { cause: error });
}
