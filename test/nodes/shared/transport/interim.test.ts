import { createServer, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';

import { closeDispatchers, UndiciTransport } from '../../../../nodes/shared/transport';
import { startTlsFront } from './support/certificate';
import { useServers } from './support/servers';
import { startProxy, withProxies, type Proxy } from './support/proxy';

const CONTINUE = 'HTTP/1.1 100 Continue\r\n\r\n';
const answer = (text: string) =>
	`HTTP/1.1 200 OK\r\nETag: "e"\r\nContent-Length: ${text.length}\r\n\r\n${text}`;

/** Text is sent at once; `body`: what follows waits for the end of the request. */
type Script = Array<string | 'body'>;

const serve = useServers();
let proxy: Proxy;

beforeAll(async () => {
	proxy = await startProxy();
});

afterEach(async () => {
	vi.unstubAllEnvs();
	await closeDispatchers();
});

afterAll(() => proxy.stop());

interface Gateway {
	url: string;
	/** Bodies of the requests that it has taken, by connection. */
	bodies: string[][];
}

/** A gateway that plays the script for every request on a connection. */
async function gateway(...script: Script): Promise<Gateway> {
	const bodies: string[][] = [];
	const server = createServer((socket) => {
		const own: string[] = [];
		bodies.push(own);
		void playFor(socket, script, own);
	});
	return { url: await serve(server), bodies };
}

async function playFor(socket: Socket, script: Script, bodies: string[]): Promise<void> {
	let received = '';
	const chunks = socket[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
	const until = async (isThere: () => boolean) => {
		while (!isThere()) {
			const { value, done } = await chunks.next();
			if (done) return false;
			received += value.toString('latin1');
		}
		return true;
	};
	const headEnd = () => received.indexOf('\r\n\r\n') + 4;
	const size = () => Number(/content-length: (\d+)/i.exec(received)?.[1] ?? 0);
	while (await until(() => headEnd() > 3)) {
		for (const step of script) {
			if (step === 'body') await until(() => received.length >= headEnd() + size());
			else socket.write(step);
			// Pieces arrive apart from each other.
			await new Promise((resolve) => setImmediate(resolve));
		}
		const end = headEnd() + size();
		bodies.push(received.slice(headEnd(), end));
		received = received.slice(end);
	}
}

const put = async (url: string, text = 'four') =>
	await new UndiciTransport().send({
		method: 'PUT',
		url: `${url}/object`,
		headers: {},
		body: {
			size: text.length,
			async *chunks() {
				yield Buffer.from(text);
			},
		},
		timeout: 5_000,
	});

const post = async (url: string) =>
	await new UndiciTransport().send({
		method: 'POST',
		url: `${url}/commit`,
		headers: {},
		body: '{}',
		timeout: 5_000,
	});

describe('"100 Continue" that nobody asked for', () => {
	it.each<[string, Script]>([
		['before the body', [CONTINUE, 'body', answer('done')]],
		['after the body', ['body', CONTINUE, answer('done')]],
		['twice', [CONTINUE, 'body', CONTINUE, answer('done')]],
		['together with the answer', ['body', CONTINUE + answer('done')]],
		[
			'in pieces',
			['body', 'HTT', 'P/1.1 1', '00 Conti', 'nue\r\n', '\r', '\nHTTP', answer('done').slice(4)],
		],
		[
			'with headers of its own',
			['body', 'HTTP/1.1 100 Go on\r\nVia: 1.1 gw\r\n\r\n', answer('done')],
		],
		['without words', ['body', 'HTTP/1.1 100\r\n\r\n', answer('done')]],
		['of HTTP/1.0', ['body', 'HTTP/1.0 100 Continue\r\n\r\n', answer('done')]],
		[
			'and another informational answer',
			['body', CONTINUE, 'HTTP/1.1 103 Early Hints\r\n\r\n', CONTINUE, answer('done')],
		],
	])('%s is passed over', async (_, script) => {
		const { url, bodies } = await gateway(...script);
		expect(await put(url)).toMatchObject({ status: 200, text: 'done' });
		expect(await post(url)).toMatchObject({ status: 200, text: 'done' });
		// Nothing was sent twice, and the connection was kept.
		expect(bodies).toEqual([['four', '{}']]);
	});

	it('in a body is part of it', async () => {
		const { url } = await gateway('body', answer(CONTINUE));
		expect((await post(url)).text).toBe(CONTINUE);
	});

	it('is passed over on the way through a proxy', async () => {
		const { url, bodies } = await gateway(CONTINUE, 'body', answer('done'));
		const { status } = await withProxies({ HTTP_PROXY: proxy.url }, async () => await put(url));
		expect(status).toBe(200);
		expect(bodies).toEqual([['four']]);
	});

	it.each([
		['over TLS', false],
		['over TLS through a proxy', true],
	])('is passed over %s', async (_, isProxied) => {
		const { url, bodies } = await gateway(CONTINUE, 'body', CONTINUE, answer('done'));
		const front = await startTlsFront(url);
		vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
		const variables: Record<string, string> = isProxied ? { HTTPS_PROXY: proxy.url } : {};
		const { status } = await withProxies(variables, async () => await put(front.url));
		await closeDispatchers();
		front.close();
		expect(status).toBe(200);
		expect(bodies).toEqual([['four']]);
		const { connects } = proxy.take();
		expect(connects).toHaveLength(isProxied ? 1 : 0);
	});

	it('without end does not hold an upload for ever', async () => {
		const server = createServer((socket) => {
			const more = () => void (socket.writable && socket.write(CONTINUE, () => setImmediate(more)));
			socket.once('data', more).resume();
		});
		const url = await serve(server);
		const sending = new UndiciTransport().send({
			method: 'POST',
			url,
			headers: {},
			body: '{}',
			timeout: 200,
		});
		await expect(sending).rejects.toMatchObject({ failure: 'stalled' });
	});
});
