import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createRawServer, type Socket } from 'node:net';

import { listen } from '../../services/core/listen';

/** What the transport gives every request with a body. */
export const HEADERS_OF_EACH = [
	'accept-encoding',
	'connection',
	'content-length',
	'host',
	'user-agent',
];

/** A request exactly as it arrived. */
export interface Arrived {
	method: string;
	/** Path and query, not decoded. */
	url: string;
	/** Names and values in turn, as sent. */
	rawHeaders: string[];
	body: string;
}

export type Answer = { status?: number; body: unknown; headers?: Record<string, string> };

/** A host that writes down what arrives and answers as told. */
export interface Wire {
	readonly url: string;
	readonly arrived: Arrived[];
	answer: (request: Arrived) => Answer;
	close(): Promise<void>;
}

/** A header may carry an id of a megabyte. */
const MAX_HEAD = 4 * 2 ** 20;

export async function startWire(): Promise<Wire> {
	const arrived: Arrived[] = [];
	const server = createServer({ maxHeaderSize: MAX_HEAD }, (request, response) => {
		void serve(request, response);
	});
	const url = await listen(server);
	const wire: Wire = {
		url,
		arrived,
		answer: () => ({ body: {} }),
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};

	async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk as Buffer);
		const { method = '', url: path = '', rawHeaders } = request;
		const body = Buffer.concat(chunks).toString();
		const seen = { method, url: path, rawHeaders, body };
		arrived.push(seen);
		const answer = wire.answer(seen);
		const isBytes = Buffer.isBuffer(answer.body) || typeof answer.body === 'string';
		const content = isBytes ? (answer.body as Buffer | string) : JSON.stringify(answer.body);
		response.writeHead(answer.status ?? 200, {
			'content-type': 'application/json',
			...answer.headers,
		});
		response.end(content);
	}
	return wire;
}

/** A host that writes down every byte it is sent, and answers each connection once. */
export interface RawWire {
	readonly url: string;
	/** What came on each connection. */
	readonly connections: string[];
	close(): Promise<void>;
}

export async function startRawWire(answer: string): Promise<RawWire> {
	const connections: string[] = [];
	const sockets = new Set<Socket>();
	const server = createRawServer((socket) => {
		const index = connections.push('') - 1;
		sockets.add(socket);
		socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
		socket.on('data', (chunk) => {
			connections[index] += chunk.toString('latin1');
			if (isWhole(connections[index])) socket.end(answer);
		});
	});
	const url = await listen(server);
	return {
		url,
		connections,
		close: async () => {
			for (const socket of sockets) socket.destroy();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

/** Whether head and body of a request are there, by its first Content-Length. */
function isWhole(text: string): boolean {
	const end = text.indexOf('\r\n\r\n');
	const [, length = '0'] = /^content-length: *(\d+)/im.exec(text) ?? [];
	return end >= 0 && text.length >= end + 4 + Number(length);
}
