import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { RecordedCall } from '../types';
import { newOssRequestId } from '../ids';
import { OssError } from './errors';

/** Bodies up to this size are read to their end after an early answer. */
const DRAINED_BYTES = 1024 * 1024;
/** How long a larger body is read and thrown away before the connection is cut. */
const LINGER_MS = 5000;

/** An answer of the OSS front. */
export interface OssAnswer {
	status: number;
	headers?: Record<string, string>;
	body?: string;
	code?: string;
}

/** An error as an answer. */
export function errorAnswer(error: OssError, host: string, requestId: string): OssAnswer {
	return {
		status: error.status,
		headers: { 'content-type': 'application/xml' },
		body: error.toXml(requestId, host),
		code: error.code,
	};
}

function allHeaders(answer: OssAnswer, requestId: string): Record<string, string> {
	return {
		Server: 'AliyunOSS',
		Date: new Date().toUTCString(),
		'Content-Length': String(Buffer.byteLength(answer.body ?? '')),
		'x-oss-request-id': requestId,
		'x-oss-server-time': '1',
		...answer.headers,
	};
}

function rawHead(status: number, headers: Record<string, string>): string {
	const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
	return `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('')}\r\n`;
}

/** Answers one request of the OSS front. */
export class OssAnswering {
	readonly requestId = newOssRequestId();

	constructor(
		private readonly request: IncomingMessage,
		private readonly response: ServerResponse,
		private readonly call: RecordedCall,
	) {}

	/**
	 * Sends the answer. Before the body was read, OSS's front does as any: it answers at once,
	 * throws a small body away and keeps the connection; of a large one it reads on for a while,
	 * so that the answer is not lost to a reset, and then closes.
	 */
	send(answer: OssAnswer): void {
		const { request, response } = this;
		this.note(answer);
		const headers = allHeaders(answer, this.requestId);
		const length = Number(request.headers['content-length'] ?? Infinity);
		const unread = !request.complete && !request.readableEnded;
		if (!unread || length <= DRAINED_BYTES) {
			response.writeHead(answer.status, headers).end(answer.body);
			request.resume();
			return;
		}
		const { socket } = request;
		socket.write(rawHead(answer.status, { ...headers, Connection: 'close' }) + (answer.body ?? ''));
		const timer = setTimeout(() => socket.destroy(), LINGER_MS).unref();
		socket.once('close', () => clearTimeout(timer));
		request.once('end', () => socket.destroySoon());
		request.on('error', () => undefined);
		request.resume();
	}

	/** Sends half of the answer's bytes and ends the connection. */
	truncate(answer: OssAnswer): void {
		this.note(answer);
		const all = rawHead(answer.status, allHeaders(answer, this.requestId)) + (answer.body ?? '');
		this.request.socket.end(all.slice(0, Math.floor(all.length / 2)));
	}

	/** Resets the connection: the client sees ECONNRESET, not an orderly end. */
	reset(): void {
		this.request.socket.resetAndDestroy();
	}

	private note(answer: OssAnswer): void {
		this.call.status = answer.status;
		this.call.code = answer.code;
	}
}
