import { getEventListeners } from 'node:events';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer, type Server, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';

import {
	closeDispatchers,
	toReadable,
	UndiciTransport,
	type HttpResponse,
	type StreamedResponse,
} from '../../../../nodes/shared/transport';
import { listen } from '../../../services/core/listen';
import { refusingUrl } from '../../../services/core/ports';
import { openSockets, openTimers } from '../../support/open-handles';
import { failureOf } from './support/failure';

const servers: Server[] = [];
const stops: AbortController[] = [];

afterEach(async () => {
	for (const stop of stops.splice(0)) stop.abort();
	await closeDispatchers();
	for (const server of servers.splice(0)) server.close();
});

async function serve(listener: RequestListener): Promise<string> {
	const server = createHttpServer(listener);
	servers.push(server);
	return await listen(server);
}

/** A server that does this as soon as something comes on a connection. */
async function serveRaw(onData: (socket: Socket) => void): Promise<string> {
	const server = createServer((socket) => {
		socket.on('error', () => undefined);
		socket.once('data', () => onData(socket));
	});
	servers.push(server);
	return await listen(server);
}

async function receive(url: string, { timeout = 5_000, stop = new AbortController() } = {}) {
	stops.push(stop);
	const transport = new UndiciTransport({ cancelSignal: stop.signal });
	return await transport.receive({ method: 'GET', url, headers: {}, timeout });
}

const isStreamed = (answer: HttpResponse | StreamedResponse): answer is StreamedResponse =>
	!('text' in answer);

async function streamOf(...given: Parameters<typeof receive>): Promise<StreamedResponse> {
	const answer = await receive(...given);
	if (!isStreamed(answer)) throw new Error('It came whole');
	return answer;
}

async function readAll({ body }: StreamedResponse): Promise<Buffer> {
	const chunks: Uint8Array[] = [];
	for await (const chunk of body) chunks.push(chunk);
	return Buffer.concat(chunks);
}

describe('a response that is received while it arrives', () => {
	it('is there with its head, before its body', async () => {
		let end = () => {};
		const url = await serve((_, response) => {
			response.writeHead(200, { 'X-One': 'a' }).write('first');
			end = () => response.end('last');
		});
		const answer = await streamOf(url);
		expect(answer).toMatchObject({ status: 200, headers: { 'x-one': 'a' } });
		expect(String((await answer.body.next()).value)).toBe('first');
		end();
		expect(String(await readAll(answer))).toBe('last');
	});

	it('asks for it as it is, and says who asks', async () => {
		let headers: Record<string, unknown> = {};
		const url = await serve((request, response) => {
			headers = request.headers;
			response.end();
		});
		await readAll(await streamOf(url));
		expect(headers).toMatchObject({
			'accept-encoding': 'identity',
			'user-agent': expect.stringMatching(/^n8n-nodes-dingtalk/) as string,
		});
	});

	it.each([300, 302, 403, 500])('comes whole with the status %i', async (status) => {
		const url = await serve((_, response) => {
			response.writeHead(status, { location: 'http://127.0.0.1:9/' }).end('why');
		});
		expect(await receive(url)).toMatchObject({ status, text: 'why' });
	});

	it('is read only as fast as somebody takes it', async () => {
		const chunk = Buffer.alloc(256 * 1024);
		let written = 0;
		const url = await serve((_, response) => {
			const more = () => {
				if (response.destroyed || written >= 2 ** 30) return;
				written += chunk.length;
				if (response.write(chunk)) setImmediate(more);
				else response.once('drain', more);
			};
			more();
		});
		const answer = await streamOf(url);
		await answer.body.next();
		const reached = () => written;
		let before = -1;
		await expect.poll(() => before === (before = reached())).toBe(true);
		// What the buffers of both processes' sockets and the read-ahead hold.
		expect(written).toBeLessThan(64 * 2 ** 20);
		answer.close();
	});

	it('may take as long as it takes, while it moves', async () => {
		const url = await serve((_, response) => {
			let left = 8;
			const timer = setInterval(() => {
				if (left-- > 0) return void response.write('x');
				clearInterval(timer);
				response.end();
			}, 250);
		});
		expect(String(await readAll(await streamOf(url, { timeout: 500 })))).toBe('xxxxxxxx');
	});

	it('has not stalled while nobody asks for more', async () => {
		const url = await serve((_, response) => response.end(Buffer.alloc(2 ** 20)));
		const answer = await streamOf(url, { timeout: 100 });
		const { value } = await answer.body.next();
		await new Promise((resolve) => setTimeout(resolve, 400));
		expect((value as Uint8Array).length + (await readAll(answer)).length).toBe(2 ** 20);
	});

	it('that stalls in the middle is given up', async () => {
		const url = await serve((_, response) => void response.write('half'));
		const answer = await streamOf(url, { timeout: 150 });
		const error = await failureOf(readAll(answer));
		expect(error).toMatchObject({ failure: 'stalled', sent: true, code: 'NO_PROGRESS' });
		await expect.poll(() => openSockets(url)).toBe(0);
	});

	it('that breaks off is an error, never a shorter body', async () => {
		const head = 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf';
		for (const breaks of [
			(socket: Socket) => void socket.end(head),
			(socket: Socket) => void socket.write(head, () => socket.resetAndDestroy()),
		]) {
			const error = await failureOf(streamOf(await serveRaw(breaks)).then(readAll));
			expect(error).toMatchObject({ failure: 'reset', sent: true });
		}
	});

	it('that is packed is refused: its length and checksums are not those of the file', async () => {
		const url = await serve((_, response) => {
			response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('x'));
		});
		expect(await failureOf(receive(url))).toMatchObject({ failure: 'encoded' });
		// The connection may be kept for the next request; one with a request would not end here.
		await closeDispatchers();
		await expect.poll(() => openSockets(url)).toBe(0);
	});

	it('ends with the execution', async () => {
		const stop = new AbortController();
		const url = await serve((_, response) => void response.write('half'));
		const answer = await streamOf(url, { stop });
		await answer.body.next();
		const next = failureOf(answer.body.next() as Promise<never>);
		stop.abort();
		expect(await next).toMatchObject({ failure: 'cancelled' });
		await expect.poll(() => openSockets(url)).toBe(0);
	});

	it('does not go where the server may not connect', async () => {
		const verdict = { ok: false as const, error: new Error('no') };
		const transport = new UndiciTransport({
			egressFilter: {
				validateUrl: async () => verdict,
				validateConnectionHost: () => verdict,
				createSecureLookup: () => () => undefined,
			},
		});
		const request = {
			method: 'GET' as const,
			url: await refusingUrl(),
			headers: {},
			timeout: 1000,
		};
		expect(await failureOf(transport.receive(request))).toMatchObject({ failure: 'forbidden' });
	});

	it('tells a connection that was refused', async () => {
		expect(await failureOf(receive(await refusingUrl()))).toMatchObject({
			...{ failure: 'connect', sent: false },
		});
	});
});

const whole = (socket: Socket) =>
	void socket.write(`HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nabcd`);
const half = (socket: Socket) =>
	void socket.write('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab');

interface Kind {
	server: () => Promise<string>;
	use?: (answer: StreamedResponse, stop: AbortController) => Promise<unknown>;
	timeout?: number;
	/** Whether the connection is kept for the next request. */
	keeps?: true;
}

const KINDS: Record<string, Kind> = {
	'a body that was read': { server: () => serveRaw(whole), use: readAll, keeps: true },
	'a body that was read and closed': {
		server: () => serveRaw(whole),
		use: async (answer) => {
			await readAll(answer);
			answer.close();
			answer.close();
		},
		keeps: true,
	},
	'a body that nobody has asked for': { server: () => serveRaw(half), use: async (a) => a.close() },
	'a body that was left': {
		server: () => serveRaw(half),
		use: async ({ body }) => {
			for await (const chunk of body) return void chunk;
		},
	},
	'a body that was closed in the middle': {
		server: () => serveRaw(half),
		use: async (answer) => {
			await answer.body.next();
			answer.close();
		},
	},
	'a body that somebody waits for when it is closed': {
		server: () => serveRaw(half),
		use: async (answer) => {
			await answer.body.next();
			const next = answer.body.next();
			answer.close();
			await next;
		},
	},
	'a body that broke off': {
		server: () =>
			serveRaw((socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab')),
		use: readAll,
	},
	'a body that stalled': { server: () => serveRaw(half), use: readAll, timeout: 50 },
	'a stop in the middle': {
		server: () => serveRaw(half),
		use: async (answer, stop) => {
			await answer.body.next();
			stop.abort();
			await answer.body.next();
		},
	},
	'a stop before anybody asks': {
		server: () => serveRaw(half),
		use: async (answer, stop) => {
			stop.abort();
			answer.close();
		},
	},
	'an error': {
		server: () =>
			serveRaw((socket) => void socket.write('HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n')),
		keeps: true,
	},
	'a packed body': {
		server: () =>
			serveRaw(
				(socket) =>
					void socket.write(
						'HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: 9\r\n\r\nab',
					),
			),
	},
	'no answer': { server: () => serveRaw(() => undefined), timeout: 50 },
};

it.each(Object.entries(KINDS))(
	'after %s no timer, listener or connection is left',
	async (_, { server, use, timeout = 30_000, keeps }) => {
		const stop = new AbortController();
		const url = await server();
		const before = openTimers();
		const answer = await receive(url, { timeout, stop }).catch(() => undefined);
		if (answer && isStreamed(answer)) await use?.(answer, stop).catch(() => undefined);
		if (keeps) {
			expect(openSockets(url)).toBe(1);
			await closeDispatchers();
		}
		await expect.poll(() => openSockets(url)).toBe(0);
		await expect.poll(openTimers).toBeLessThanOrEqual(before);
		expect(getEventListeners(stop.signal, 'abort')).toHaveLength(0);
	},
);

describe('chunks as a stream of Node.js', () => {
	it('are left when the stream is destroyed', async () => {
		let isLeft = false;
		async function* chunks() {
			try {
				for (;;) yield Buffer.alloc(2 ** 20);
			} finally {
				isLeft = true;
			}
		}
		const stream = toReadable(chunks());
		stream.read();
		await new Promise((resolve) => stream.once('readable', resolve));
		stream.destroy();
		await expect.poll(() => isLeft).toBe(true);
	});

	it('that fail break the stream, and do not end the process where nobody looks', async () => {
		async function* chunks(): AsyncGenerator<Uint8Array> {
			yield Buffer.from('a');
			throw new Error('broke');
		}
		const stream = toReadable(chunks());
		stream.resume();
		await expect.poll(() => stream.destroyed).toBe(true);
		await expect(async () => {
			for await (const chunk of toReadable(chunks())) void chunk;
		}).rejects.toThrow('broke');
	});
});
