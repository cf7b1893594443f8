import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { startLocalDingTalk } from '../../../services/dingtalk';
import { useService } from '../../../services/core/use-service';
import { startTlsFront, type TlsFront } from './support/certificate';
import { forkHere, startProxy, type Proxy } from './support/proxy';
import type { ChildAnswer } from './support/request-child';
import type { ChildReport } from './support/upload-child';

/*
 * Certificates are read when a process starts: what trusts one runs in a process of its own.
 */

const service = useService(startLocalDingTalk);
let proxy: Proxy;
/** The service, and the proxy, behind a certificate for localhost. */
let front: TlsFront;
let secure: TlsFront;

beforeAll(async () => {
	proxy = await startProxy();
	front = await startTlsFront(service.apiUrl);
	secure = await startTlsFront(proxy.url);
});

afterEach(() => void proxy.take());

afterAll(() => {
	front.close();
	secure.close();
	proxy.stop();
});

/** What a process says that trusts the certificate, and has these proxies. */
async function said<T>(child: string, env: NodeJS.ProcessEnv): Promise<T> {
	const trusting = { NODE_EXTRA_CA_CERTS: front.certificate, ...env };
	const [message] = (await once(forkHere(child, trusting), 'message')) as [T];
	return message;
}

describe('a whole upload', () => {
	const uploadWith = async (env: NodeJS.ProcessEnv) =>
		await said<ChildReport>('upload-child.ts', { API_BASE_URL: front.url, ...env });

	it('goes through the proxies of the environment: https in a tunnel, http without', async () => {
		const report = await uploadWith({ HTTPS_PROXY: proxy.url, HTTP_PROXY: proxy.url });
		expect(report).toEqual({ status: 'success', files: 6 });
		expect(service.files()).toHaveLength(6);
		const { connects, requests } = proxy.take();
		expect(new Set(connects)).toEqual(new Set([new URL(front.url).host]));
		// Kept and used again: the token and two calls for each file, four files at a time.
		expect(connects.length).toBeLessThanOrEqual(4);
		expect(requests).toHaveLength(6);
		for (const url of requests) expect(url).toContain(`${service.ossUrl}/yundisk0/`);
	});

	it('goes past the proxy to the hosts in NO_PROXY', async () => {
		const report = await uploadWith({ ALL_PROXY: proxy.url, NO_PROXY: 'localhost' });
		expect(report).toEqual({ status: 'success', files: 6 });
		const { connects, requests } = proxy.take();
		expect([connects.length, requests.length]).toEqual([0, 6]);
	});
});

describe('a proxy that is reached by https', () => {
	const askThrough = async (address: string) =>
		await said<ChildAnswer>('request-child.ts', { REQUEST_URL: front.url, HTTPS_PROXY: address });

	it('makes tunnels like any other', async () => {
		expect(await askThrough(secure.url)).toEqual({ status: 404 });
		expect(proxy.take().connects).toEqual([new URL(front.url).host]);
	});

	it('with a certificate for another host says so, and is not asked again', async () => {
		const address = secure.url.replace('localhost', '127.0.0.1');
		const before = secure.connections();
		const { facts } = await askThrough(address.replace('//', '//user:pass-word@'));
		expect(facts).toMatchObject({
			title: `The certificate of the proxy ${new URL(address).host} is for another host`,
			description: expect.stringMatching(/HTTPS_PROXY.*Correct/) as string,
			code: 'UND_ERR_PRX_TLS',
			outcome: 'notSent',
			retry: 'never',
		});
		expect(JSON.stringify(facts)).not.toMatch(/user:|pass-word/);
		expect(secure.connections() - before).toBe(1);
	});
});
