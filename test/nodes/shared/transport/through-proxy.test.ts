import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { fromTransport } from '../../../../nodes/shared/errors';
import { closeDispatchers, UndiciTransport } from '../../../../nodes/shared/transport';
import { listen } from '../../../services/core/listen';
import { refusingUrl } from '../../../services/core/ports';
import { startTlsFront, type TlsFront } from './support/certificate';
import { failureOf } from './support/failure';
import { startProxy, withProxies, type Proxy } from './support/proxy';

let proxy: Proxy;
let front: TlsFront;
let server: Server;
let plain: string;

beforeAll(async () => {
	server = createServer((request, response) => {
		request.resume().on('end', () => response.end('direct or not'));
	});
	plain = await listen(server);
	front = await startTlsFront(plain);
	proxy = await startProxy();
});

afterAll(async () => {
	await closeDispatchers();
	server.closeAllConnections();
	server.close();
	front.close();
	proxy.stop();
});

const get = async (url: string) =>
	await new UndiciTransport().send({ method: 'GET', url, headers: {}, timeout: 5000 });
const post = async (url: string) =>
	await new UndiciTransport().send({ method: 'POST', url, headers: {}, body: '{}', timeout: 5000 });

describe('a request', () => {
	it.each([
		['HTTP_PROXY', true],
		['http_proxy', true],
		['ALL_PROXY', true],
		['HTTPS_PROXY', false],
	])('to http with %s set takes the proxy: %s', async (name, taken) => {
		const { status } = await withProxies({ [name]: proxy.url }, async () => await get(plain));
		expect(status).toBe(200);
		const { requests, connects } = proxy.take();
		expect([requests, connects]).toEqual([taken ? [`${plain}/`] : [], []]);
	});

	it('gives the proxy the credentials of its URL', async () => {
		const url = proxy.url.replace('//', '//user:p%40ss@');
		await withProxies({ HTTP_PROXY: url }, async () => await get(plain));
		const { credentials } = proxy.take();
		expect(credentials).toEqual([`Basic ${Buffer.from('user:p@ss').toString('base64')}`]);
	});

	it.each([
		[408, 'connect', 'transient'],
		[429, 'connect', 'transient'],
		[502, 'connect', 'transient'],
		[403, 'proxyRefusal', 'never'],
		[404, 'proxyRefusal', 'never'],
	])(
		'that a proxy answers with %i instead of a tunnel never reached the service: %s, repeated %s',
		async (status, failure, retry) => {
			proxy.refuse(status);
			const sending = withProxies({ HTTPS_PROXY: proxy.url }, async () => await post(front.url));
			const error = await failureOf(sending);
			proxy.refuse(0);
			expect(error).toMatchObject({ failure, sent: false });
			expect(fromTransport(error, 'commit').facts).toMatchObject({
				code: `PROXY_HTTP_${status}`,
				retry,
			});
		},
	);

	it.each([
		['in a tunnel', 'HTTPS_PROXY', () => front.url],
		['without one', 'HTTP_PROXY', () => plain],
	])('for which a proxy wants a login (407), %s, says so and is not repeated', async (...row) => {
		const [, variable, url] = row;
		proxy.refuse(407);
		const sending = withProxies({ [variable]: proxy.url }, async () => await post(url()));
		const error = await failureOf(sending);
		proxy.refuse(0);
		expect(fromTransport(error, 'commit').facts).toMatchObject({
			title: `The proxy on the way to ${new URL(url()).host} requires a login`,
			description: expect.stringContaining('http://user:password@proxy:8080') as string,
			code: 'PROXY_HTTP_407',
			outcome: 'notSent',
			retry: 'never',
		});
	});

	it('whose proxy is not there never reached the service', async () => {
		const variables = { ALL_PROXY: await refusingUrl() };
		for (const url of [plain, front.url]) {
			const sending = withProxies(variables, async () => await post(url));
			const error = await failureOf(sending);
			expect(error).toMatchObject({ failure: 'proxy', sent: false });
			expect(variables.ALL_PROXY).toContain(error.host);
		}
	});

	it.each([
		['HTTP_PROXY', 'http://'],
		['http_proxy', 'http://proxy:80800'],
		['ALL_PROXY', 'http://us%er:word@127.0.0.1:1'],
		['HTTP_PROXY', 'http://user@na me:8080'],
		['all_proxy', 'ftp://127.0.0.1:1'],
	])('whose proxy variable %s is %j names it and is not repeated', async (name, value) => {
		const sending = withProxies({ [name]: value }, async () => await post(plain));
		const { facts } = fromTransport(await failureOf(sending), 'commit');
		expect(facts).toMatchObject({
			title: `The address of the proxy in ${name} is not valid`,
			description: expect.stringContaining(name) as string,
			outcome: 'notSent',
			retry: 'never',
		});
		expect(JSON.stringify(facts)).not.toContain('word');
	});

	it.each([
		['ALL_PROXY', 'socks5://user:word@127.0.0.1:1'],
		['http_proxy', 'SOCKS5h://proxy'],
		['all_proxy', 'socks4a://'],
		['HTTP_PROXY', 'socks://127.0.0.1:1'],
	])('whose proxy in %s is %j learns that SOCKS cannot be used', async (name, value) => {
		const sending = withProxies({ [name]: value }, async () => await post(plain));
		const { facts } = fromTransport(await failureOf(sending), 'commit');
		expect(facts).toMatchObject({
			title: `The proxy in ${name} is a SOCKS proxy, which is not supported`,
			description: expect.stringMatching(/http:\/\/ or https:\/\/.*NO_PROXY/) as string,
			code: name,
			outcome: 'notSent',
			retry: 'never',
		});
		expect(JSON.stringify(facts)).not.toContain('word');
	});

	it('whose proxy has a name that is not found names the proxy', async () => {
		const variables = { HTTP_PROXY: 'http://no-such-proxy.invalid:8080' };
		const sending = withProxies(variables, async () => await post(plain));
		expect(await failureOf(sending)).toMatchObject({
			failure: 'proxy',
			code: expect.stringMatching(/^(?:ENOTFOUND|EAI_AGAIN)$/) as string,
			host: 'no-such-proxy.invalid:8080',
			sent: false,
		});
	});
});
