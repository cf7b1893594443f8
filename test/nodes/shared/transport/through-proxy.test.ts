import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { closeDispatchers, UndiciTransport } from '../../../../nodes/shared/transport';
import { startLocalDingTalk, type LocalDingTalk } from '../../../local-dingtalk';
import { listen } from '../../../local-dingtalk/listen';
import { startTlsFront, type TlsFront } from './support/certificate';
import { failureOf } from './support/failure';
import { forkHere, startProxy, withProxies, type Proxy } from './support/proxy';
import type { ChildReport } from './support/upload-child';

let proxy: Proxy;
let service: LocalDingTalk;
let front: TlsFront;
let server: Server;
let plain: string;

beforeAll(async () => {
	server = createServer((request, response) => {
		request.resume().on('end', () => response.end('direct or not'));
	});
	plain = await listen(server);
	service = await startLocalDingTalk();
	front = await startTlsFront(service.apiUrl);
	proxy = await startProxy();
});

afterAll(async () => {
	await closeDispatchers();
	server.closeAllConnections();
	server.close();
	front.close();
	await service.close();
	await proxy.stop();
});

const get = async (url: string) =>
	await new UndiciTransport().send({ method: 'GET', url, headers: {}, timeout: 5000 });
const post = async (url: string) =>
	await new UndiciTransport().send({ method: 'POST', url, headers: {}, body: '{}', timeout: 5000 });

describe('a whole upload', () => {
	/** A node process of its own, because certificates are read at its start. */
	async function uploadWith(env: NodeJS.ProcessEnv): Promise<ChildReport> {
		const child = forkHere('upload-child.ts', { API_BASE_URL: front.url, ...env });
		const [report] = (await once(child, 'message')) as [ChildReport];
		return report;
	}

	it('goes through the proxies of the environment: https in a tunnel, http without', async () => {
		service.reset();
		const report = await uploadWith({
			NODE_EXTRA_CA_CERTS: front.certificate,
			HTTPS_PROXY: proxy.url,
			HTTP_PROXY: proxy.url,
		});
		expect(report).toEqual({ status: 'success', files: 6 });
		expect(service.files()).toHaveLength(6);
		const { connects, requests } = await proxy.take();
		expect(new Set(connects)).toEqual(new Set([new URL(front.url).host]));
		// Kept and used again: the token and two calls for each file, four files at a time.
		expect(connects.length).toBeLessThanOrEqual(4);
		expect(requests).toHaveLength(6);
		for (const url of requests) expect(url).toContain(`${service.ossUrl}/yundisk0/`);
	});

	it('goes past the proxy to the hosts in NO_PROXY', async () => {
		service.reset();
		const report = await uploadWith({
			NODE_EXTRA_CA_CERTS: front.certificate,
			ALL_PROXY: proxy.url,
			NO_PROXY: 'localhost',
		});
		expect(report).toEqual({ status: 'success', files: 6 });
		const { connects, requests } = await proxy.take();
		expect([connects.length, requests.length]).toEqual([0, 6]);
	});
});

describe('a request', () => {
	it.each([
		['HTTP_PROXY', true],
		['http_proxy', true],
		['ALL_PROXY', true],
		['HTTPS_PROXY', false],
	])('to http with %s set takes the proxy: %s', async (name, taken) => {
		const { status } = await withProxies({ [name]: proxy.url }, async () => await get(plain));
		expect(status).toBe(200);
		const { requests, connects } = await proxy.take();
		expect([requests, connects]).toEqual([taken ? [`${plain}/`] : [], []]);
	});

	it('gives the proxy the credentials of its URL', async () => {
		const url = proxy.url.replace('//', '//user:p%40ss@');
		await withProxies({ HTTP_PROXY: url }, async () => await get(plain));
		const { credentials } = await proxy.take();
		expect(credentials).toEqual([`Basic ${Buffer.from('user:p@ss').toString('base64')}`]);
	});

	it.each([403, 407, 502])(
		'that a proxy refuses to tunnel (%i) never reached the service, so repeating is harmless',
		async (status) => {
			await proxy.refuse(status);
			const sending = withProxies({ HTTPS_PROXY: proxy.url }, async () => await post(front.url));
			const { failure, sent } = await failureOf(sending);
			await proxy.refuse(0);
			expect({ failure, sent }).toEqual({ failure: 'connect', sent: false });
		},
	);

	it('for which a proxy wants a password (407) never reached the service', async () => {
		await proxy.refuse(407);
		const sending = withProxies({ HTTP_PROXY: proxy.url }, async () => await post(plain));
		const { failure, sent } = await failureOf(sending);
		await proxy.refuse(0);
		expect({ failure, sent }).toEqual({ failure: 'connect', sent: false });
	});

	it('whose proxy is not there never reached the service', async () => {
		const variables = { ALL_PROXY: 'http://127.0.0.1:1' };
		const sending = withProxies(variables, async () => await post(plain));
		expect(await failureOf(sending)).toMatchObject({ failure: 'connect', sent: false });
	});

	it('whose proxy variable is no URL never reached the service', async () => {
		const sending = withProxies({ HTTP_PROXY: 'http://' }, async () => await post(plain));
		expect(await failureOf(sending)).toMatchObject({ failure: 'connect', sent: false });
	});
});
