import { getEventListeners } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { afterEach, expect, it } from 'vitest';

import {
	closeDispatchers,
	UndiciTransport,
	type HttpRequest,
} from '../../../../nodes/shared/transport';
import { refusingUrl } from '../../../services/core/ports';
import { openSockets, openTimers } from '../../support/open-handles';
import { useServers } from './support/servers';

const started = useServers();

afterEach(closeDispatchers);

/** A server that does this as soon as something comes on a connection. */
const serve = async (onData: (socket: Socket) => void) =>
	await started(createServer((socket) => void socket.once('data', () => onData(socket))));

const answers = (head: string) => (socket: Socket) => void socket.write(`HTTP/1.1 ${head}\r\n\r\n`);
const isSilent = () => undefined;

/** Three chunks; the last one comes when it is let, or never. */
class Source {
	isClosed = false;

	constructor(private readonly last: () => Promise<Uint8Array>) {}

	body(): HttpRequest['body'] {
		return { size: 3, chunks: (signal) => this.chunks(signal) };
	}

	private async *chunks(signal: AbortSignal): AsyncGenerator<Uint8Array> {
		const ended = new Promise<never>((_, reject) => {
			signal.addEventListener('abort', () => reject(new Error('given up')), { once: true });
		});
		ended.catch(() => undefined);
		try {
			yield Buffer.from('a');
			yield Buffer.from('b');
			yield await Promise.race([this.last(), ended]);
		} finally {
			this.isClosed = true;
		}
	}
}

const whole = () => new Source(async () => await Promise.resolve(Buffer.from('c')));
const endless = () => new Source(async () => await new Promise(() => {}));
const broken = () => new Source(async () => await Promise.reject(new Error('gone')));

interface Kind {
	server: (stop: AbortController) => Promise<string>;
	source?: () => Source;
	timeout?: number;
	/** Whether the connection is kept for the next request. */
	keeps?: true;
}

const KINDS: Record<string, Kind> = {
	'a success': { server: () => serve(answers('200 OK\r\nContent-Length: 0')), keeps: true },
	'an error': { server: () => serve(answers('500 No\r\nContent-Length: 0')), keeps: true },
	'a success before the file was sent': {
		server: () => serve(answers('200 OK\r\nContent-Length: 0')),
		source: endless,
	},
	'an error before the file was sent': {
		server: () => serve(answers('403 No\r\nContent-Length: 0')),
		source: endless,
	},
	'a broken connection': { server: () => serve((socket) => socket.destroy()) },
	'half an answer': { server: () => serve((socket) => socket.end('HTTP/1.1 200 OK\r\n')) },
	'an answer that is not HTTP': {
		server: () => serve((socket) => socket.write('SSH-2.0-OpenSSH_9.6\r\n')),
	},
	'a short answer that is not HTTP': { server: () => serve((socket) => socket.write('SSH-2')) },
	'no answer': { server: () => serve(isSilent), timeout: 50 },
	'a stop': { server: (stop) => serve(() => stop.abort()) },
	'a stop in the middle of the file': {
		server: (stop) => serve(() => stop.abort()),
		source: endless,
	},
	'a stop before it': {
		server: async (stop) => {
			stop.abort();
			return await serve(isSilent);
		},
	},
	'a file that cannot be read': { server: () => serve(isSilent), source: broken },
	'no connection': { server: () => refusingUrl() },
};

it.each(Object.entries(KINDS))(
	'after %s no timer, listener, file or connection is left',
	async (_, { server, source = whole, timeout = 30_000, keeps }) => {
		const stop = new AbortController();
		const own = new AbortController();
		const url = await server(stop);
		const before = openTimers();
		const from = source();
		const transport = new UndiciTransport({ cancelSignal: stop.signal });
		const request = { method: 'PUT' as const, url, headers: {}, body: from.body() };
		await transport.send({ ...request, timeout, signal: own.signal }).catch(() => undefined);
		if (keeps) {
			expect(openSockets(url)).toBe(1);
			await closeDispatchers();
		}
		await expect.poll(() => openSockets(url)).toBe(0);
		await expect.poll(openTimers).toBeLessThanOrEqual(before);
		for (const { signal } of [stop, own]) {
			expect(getEventListeners(signal, 'abort')).toHaveLength(0);
		}
		if (source !== whole) await expect.poll(() => from.isClosed).toBe(true);
	},
);
