import { env } from 'node:process';

const DEFAULT_PORTS: Record<string, number> = { 'http:': 80, 'https:': 443 };

/**
 * The proxy for a URL by `HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY` (lower case wins),
 * by the rules of the package `proxy-from-env`, which n8n's own requests follow. undici's
 * EnvHttpProxyAgent has other rules: no ALL_PROXY, and HTTP_PROXY also for https.
 *
 * @returns the proxy's URL, or undefined for a direct connection
 */
export function proxyFor(url: URL): string | undefined {
	const port = Number(url.port) || DEFAULT_PORTS[url.protocol];
	if (isExempt(url.hostname, port)) return undefined;
	const scheme = url.protocol.slice(0, -1);
	const proxy = variable(`${scheme}_proxy`) || variable('all_proxy');
	if (!proxy) return undefined;
	return proxy.includes('://') ? proxy : `${scheme}://${proxy}`;
}

function isExempt(hostname: string, port: number): boolean {
	const exemptions = variable('no_proxy').toLowerCase();
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

function variable(name: string): string {
	return env[name.toLowerCase()] || env[name.toUpperCase()] || '';
}
