import type { LookupFunction } from 'node:net';
import { Agent, ProxyAgent, type Dispatcher } from 'undici';

import { proxyFor } from './proxy';
import { TransportError } from './transport-error';
import type { EgressFilter } from './types';

/**
 * Connections are kept and reused by every execution in this process, so that a thousand small
 * files need as many connections as run at once, not a thousand. The egress policy belongs to the
 * n8n server, not to an execution: its filter may be shared too.
 */
const dispatchers = new Map<string, Dispatcher>();

/** Time limits are the transport's own, by progress; undici's would cut a slow upload. */
const AGENT_OPTIONS = { headersTimeout: 0, bodyTimeout: 0, connect: { timeout: 15_000 } };

/** The keep-alive pool that leads to a URL: direct, or through the proxy of the environment. */
export function dispatcherFor(url: URL, filter?: EgressFilter): Dispatcher {
	const proxy = proxyFor(url);
	const key = `${proxy ?? 'direct'} ${filter ? 'filtered' : 'open'}`;
	let dispatcher = dispatchers.get(key);
	if (!dispatcher) {
		dispatcher = proxy ? throughProxy(proxy, filter) : direct(filter);
		dispatchers.set(key, dispatcher);
	}
	return dispatcher;
}

/** Closes all kept connections. */
export async function closeDispatchers(): Promise<void> {
	const open = [...dispatchers.values()];
	dispatchers.clear();
	await Promise.all(open.map(async (dispatcher) => await dispatcher.close()));
}

function direct(filter?: EgressFilter): Dispatcher {
	const connect = { ...AGENT_OPTIONS.connect, ...secureLookup(filter) };
	return new Agent({ ...AGENT_OPTIONS, connect });
}

function throughProxy(uri: string, filter?: EgressFilter): Dispatcher {
	assertProxyAllowed(uri, filter);
	const proxyTls = { ...AGENT_OPTIONS.connect, ...secureLookup(filter) };
	return new ProxyAgent({ ...AGENT_OPTIONS, uri, proxyTunnel: false, proxyTls });
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

/** A proxy named by address is never looked up, so the filter has to be asked for it. */
function assertProxyAllowed(uri: string, filter?: EgressFilter): void {
	const { host, hostname } = new URL(uri);
	const verdict = filter?.validateConnectionHost(hostname);
	if (verdict && !verdict.ok) throw refusal(verdict.error, host);
}

function refusal(error: NodeJS.ErrnoException, host: string): Error {
	if (error.syscall === 'getaddrinfo' || /^E/.test(error.code ?? '')) return error;
	return new TransportError('forbidden', host, false, 'EGRESS', { cause: error });
}
