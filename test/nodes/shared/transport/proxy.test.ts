import fc from 'fast-check';
import { getProxyForUrl } from 'proxy-from-env';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { proxyFor } from '../../../../nodes/shared/transport/proxy';

const NAMES = ['http_proxy', 'https_proxy', 'all_proxy', 'no_proxy'];

function useEnvironment(variables: Record<string, string>) {
	for (const name of NAMES) {
		vi.stubEnv(name, undefined);
		vi.stubEnv(name.toUpperCase(), undefined);
	}
	for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
}

afterEach(() => vi.unstubAllEnvs());

const proxies = { http_proxy: 'http://p:1', https_proxy: 'http://p:2' };

describe('the proxy for a URL', () => {
	it.each<[string, Record<string, string>, string, string | undefined]>([
		['none without variables', {}, 'https://api.dingtalk.com/', undefined],
		['that of https', proxies, 'https://api.dingtalk.com/', 'http://p:2'],
		['that of http', proxies, 'http://127.0.0.1:9101/', 'http://p:1'],
		['not that of http for https', { http_proxy: 'http://p:1' }, 'https://a.com/', undefined],
		['that of all', { all_proxy: 'http://p:3' }, 'https://a.com/', 'http://p:3'],
		['upper case', { HTTPS_PROXY: 'http://p:4' }, 'https://a.com/', 'http://p:4'],
		['lower case first', { HTTPS_PROXY: 'http://p:4', ...proxies }, 'https://a.com/', 'http://p:2'],
		['with a scheme added', { https_proxy: 'p:5' }, 'https://a.com/', 'https://p:5'],
		['none for an exempt host', { ...proxies, no_proxy: 'a.com' }, 'https://a.com/', undefined],
		[
			'one below an exempt host',
			{ ...proxies, no_proxy: 'a.com' },
			'https://b.a.com/',
			'http://p:2',
		],
		['none below a dotted one', { ...proxies, no_proxy: '.a.com' }, 'https://b.a.com/', undefined],
		['none by a wildcard', { ...proxies, no_proxy: '*.a.com' }, 'https://b.a.com/', undefined],
		['none for everything', { ...proxies, no_proxy: '*' }, 'https://a.com/', undefined],
		['none for the port', { ...proxies, no_proxy: 'a.com:443' }, 'https://a.com/', undefined],
		['one for another port', { ...proxies, no_proxy: 'a.com:80' }, 'https://a.com/', 'http://p:2'],
		['none in a list', { ...proxies, NO_PROXY: 'x, A.com y' }, 'https://a.com/', undefined],
	])('is %s', (_, variables, url, expected) => {
		useEnvironment(variables);
		expect(proxyFor(new URL(url))?.uri).toBe(expected);
		expect(getProxyForUrl(url)).toBe(expected ?? '');
	});

	const host = fc.constantFrom('a.com', 'b.a.com', 'ba.com', '127.0.0.1', '[::1]', 'localhost');
	const port = fc.constantFrom('', ':80', ':443', ':8080');
	const entry = fc
		.tuple(fc.constantFrom('', '*', '.', '*.', 'b'), fc.oneof(host, fc.constant('')), port)
		.map((parts) => parts.join(''));
	const list = fc
		.array(fc.tuple(entry, fc.constantFrom(',', ' ', ', ', '\t')), { maxLength: 4 })
		.map((entries) => entries.flat().join(''));
	const proxy = fc.constantFrom('', 'http://p:1', 'p:2', 'socks5://p:3', 'https://u:s@p');

	it('is what the package proxy-from-env says, whatever the environment', () => {
		const variables = fc.record(
			{
				http_proxy: proxy,
				HTTP_PROXY: proxy,
				https_proxy: proxy,
				HTTPS_PROXY: proxy,
				all_proxy: proxy,
				ALL_PROXY: proxy,
				no_proxy: list,
				NO_PROXY: list,
			},
			{ requiredKeys: [] },
		);
		const url = fc
			.tuple(fc.constantFrom('http', 'https'), host, port)
			.map(([scheme, name, at]) => `${scheme}://${name}${at}/path?query`);
		fc.assert(
			fc.property(variables, url, (given, target) => {
				useEnvironment(given);
				expect(proxyFor(new URL(target))?.uri ?? '').toBe(getProxyForUrl(target));
			}),
			{ numRuns: 1000 },
		);
	});
});
