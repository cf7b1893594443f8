import { connect, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';

import { fromTransport } from '../../../../nodes/shared/errors';
import { closeDispatchers, UndiciTransport } from '../../../../nodes/shared/transport';
import { listen } from '../../../services/core/listen';
import { refusingUrl } from '../../../services/core/ports';
import { readPems, startTlsFront, type TlsFront } from './support/certificate';
import { failureOf } from './support/failure';
import { startProxy, withProxies, type Proxy } from './support/proxy';

/** Secure, and not trusted by this process: nobody gets to what is behind it. */
let front: TlsFront;

beforeAll(async () => {
	front = await startTlsFront(await refusingUrl());
});

afterAll(async () => {
	await closeDispatchers();
	front.close();
});

afterEach(() => vi.unstubAllEnvs());

async function factsThrough(proxy: string) {
	const request = { method: 'POST' as const, url: front.url, headers: {}, body: '{}' };
	const sending = async () => await new UndiciTransport().send({ ...request, timeout: 5000 });
	return fromTransport(await failureOf(withProxies({ HTTPS_PROXY: proxy }, sending)), 'commit')
		.facts;
}

describe('a proxy that is asked for a tunnel', () => {
	/** A proxy that does as it likes with a connection; its address has a login. */
	async function proxyThat(takes: (socket: Socket) => void) {
		let connections = 0;
		const server: Server = createServer((socket) => {
			connections++;
			socket.on('error', () => socket.destroy());
			takes(socket);
		});
		const { port } = new URL(await listen(server));
		const facts = await factsThrough(`http://user:pass-word@127.0.0.1:${port}`);
		server.close();
		expect(JSON.stringify(facts)).not.toMatch(/user:|pass-word/);
		return { facts, connections, host: `127.0.0.1:${port}` };
	}

	const onceAsked = (answer: (socket: Socket) => void) => (socket: Socket) =>
		void socket.once('data', () => answer(socket));

	it.each<[string, (socket: Socket) => void, string, string]>([
		['hangs up', onceAsked((socket) => socket.end()), 'It hung up', 'PROXY_HUNG_UP'],
		[
			'hangs up within its answer',
			onceAsked((socket) => socket.end('HTTP/1.1 200')),
			'It hung up',
			'PROXY_HUNG_UP',
		],
		['hangs up before', (socket) => socket.end(), 'It hung up', 'PROXY_HUNG_UP'],
		['breaks off', onceAsked((socket) => socket.resetAndDestroy()), 'It hung up', 'ECONNRESET'],
		[
			'answers in SSH',
			onceAsked((socket) => socket.write('SSH-2.0-OpenSSH_9.2\r\n')),
			'It did not answer in HTTP',
			'NOT_HTTP',
		],
		[
			'answers with a header without a name',
			onceAsked((socket) => socket.write('HTTP/1.1 200 OK\r\n: 1\r\n\r\n')),
			'It did not answer in HTTP',
			'NOT_HTTP',
		],
	])('and %s is named, with what it did', async (_, takes, what, code) => {
		const { facts, connections, host } = await proxyThat(takes);
		expect(facts).toMatchObject({
			title: `The proxy ${host} opened no tunnel to ${new URL(front.url).host}`,
			description: expect.stringMatching(new RegExp(`^${what}\\. .*HTTPS_PROXY`)) as string,
			code,
			outcome: 'notSent',
			// By the node, after a pause: undici would do it a thousand times a second.
			retry: 'transient',
		});
		expect(connections).toBe(1);
	});

	it('is not to blame for what comes once there is one', async () => {
		const opened = 'HTTP/1.1 200 OK\r\n\r\n';
		const { facts, connections } = await proxyThat(onceAsked((socket) => socket.end(opened)));
		expect(facts.title).toBe(`No connection to ${new URL(front.url).host}`);
		expect(connections).toBe(1);
	});

	it.each(['100 Continue', '102 Processing'])('may say "%s" before', async (interim) => {
		const { facts } = await proxyThat(
			onceAsked((socket) => {
				const onward = connect(Number(new URL(front.url).port), '127.0.0.1');
				onward.on('error', () => socket.destroy());
				socket.write(`HTTP/1.1 ${interim}\r\n\r\nHTTP/1.1 200 OK\r\n\r\n`);
				socket.pipe(onward).pipe(socket);
			}),
		);
		// The tunnel leads to the service, whose certificate this process does not trust.
		expect(facts.title).toBe(`The certificate of ${new URL(front.url).host} is not trusted`);
	});
});

describe('a proxy that is reached by https', () => {
	let proxy: Proxy;
	let secure: TlsFront;

	beforeAll(async () => {
		proxy = await startProxy();
		secure = await startTlsFront(proxy.url);
	});

	afterAll(async () => {
		await closeDispatchers();
		secure.close();
		proxy.stop();
	});

	it('with a certificate that is not trusted says so, and is not asked again', async () => {
		const before = secure.connections();
		expect(await factsThrough(secure.url)).toMatchObject({
			title: `The certificate of the proxy ${new URL(secure.url).host} is not trusted`,
			description: expect.stringContaining('NODE_EXTRA_CA_CERTS') as string,
			code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
			outcome: 'notSent',
			retry: 'never',
		});
		expect(secure.connections() - before).toBe(1);
	});

	it('that wants a certificate of the client is not said to have a bad one', async () => {
		vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
		let connections = 0;
		const demanding = { requestCert: true, rejectUnauthorized: true };
		const server = createTlsServer({ ...readPems(), ...demanding });
		server.on('connection', () => connections++).on('tlsClientError', () => undefined);
		const facts = await factsThrough((await listen(server)).replace('http:', 'https:'));
		server.close();
		expect(facts).toMatchObject({
			title: expect.stringMatching(/^The secure connection to the proxy .* failed$/) as string,
			code: 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED',
			outcome: 'notSent',
		});
		expect(connections).toBe(1);
	});

	it('though it speaks plain HTTP is to be named with http://', async () => {
		expect(await factsThrough(proxy.url.replace('http:', 'https:'))).toMatchObject({
			title: `The secure connection to the proxy ${new URL(proxy.url).host} failed`,
			description: expect.stringContaining('e.g. http://proxy:8080') as string,
			outcome: 'notSent',
			retry: 'transient',
		});
	});
});
