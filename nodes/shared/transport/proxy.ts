import { env } from 'node:process';

import { parseUrl } from '../web-address';

const DEFAULT_PORTS: Record<string, number> = { 'http:': 80, 'https:': 443 };

export interface ProxySetting {
	uri: string;
	/** The environment variable that names it. */
	variable: string;
}

/**
 * Returns the proxy for a URL, from `HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY` (lower
 * case wins). The rules are those of the package `proxy-from-env`, which n8n's own requests follow.
 * undici's EnvHttpProxyAgent has others: it ignores ALL_PROXY and uses HTTP_PROXY for https too.
 *
 * @returns undefined for a direct connection
 */
export function proxyFor(url: URL): ProxySetting | undefined {
	const port = Number(url.port) || DEFAULT_PORTS[url.protocol];
	if (isExempt(url.hostname, port)) return undefined;
	const scheme = url.protocol.slice(0, -1);
	const variable = nameOf(`${scheme}_proxy`) ?? nameOf('all_proxy');
	if (!variable) return undefined;
	const proxy = env[variable] ?? '';
	return { uri: proxy.includes('://') ? proxy : `${scheme}://${proxy}`, variable };
}

const PROXY_PROTOCOLS = new Set(['http:', 'https:']);

/** Returns why a proxy address, with its login, cannot be used; undefined when it can. */
export function addressFault(uri: string): 'proxyAddress' | 'proxySocks' | undefined {
	if (/^socks/i.test(uri)) return 'proxySocks';
	const url = parseUrl(uri);
	if (!url) return 'proxyAddress';
	const { protocol, username, password } = url;
	const usable = PROXY_PROTOCOLS.has(protocol) && isEncoded(username) && isEncoded(password);
	return usable ? undefined : 'proxyAddress';
}

function isEncoded(text: string): boolean {
	return !/%(?![0-9a-f]{2})/i.test(text);
}

function isExempt(hostname: string, port: number): boolean {
	const exemptions = (env[nameOf('no_proxy') ?? ''] ?? '').toLowerCase();
	if (exemptions === '*') return true;
	return exemptions
		.split(/[,\s]/)
		.filter((entry) => entry !== '')
		.some((entry) => matches(entry, hostname, port));
}

function matches(entry: string, hostname: string, port: number): boolean {
	const [, name = entry, entryPort] = /^(.+):(\d+)$/.exec(entry) ?? [];
	if (entryPort && Number(entryPort) !== port) return false;
	if (name.startsWith('*')) return hostname.endsWith(name.slice(1));
	if (name.startsWith('.')) return hostname.endsWith(name);
	return hostname === name;
}

/** Returns the spelling in which a variable is set, lower case first. */
function nameOf(name: string): string | undefined {
	return [name.toLowerCase(), name.toUpperCase()].find((each) => env[each]);
}
