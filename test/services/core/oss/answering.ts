import type { IncomingMessage, ServerResponse } from 'node:http';
import { toldAnswer } from '../answer';
import { newOssRequestId } from '../ids';
import { rawHead, sendSlowly } from '../raw-socket';
import type { Fault, RecordedCall } from '../types';
import type { ServiceWorld } from '../world';
import type { OssError } from './errors';

/** Bodies up to this size are read to their end after an early answer. */
const DRAINED_BYTES = 1024 * 1024;
/** How long a larger body is read and thrown away before the connection is cut. */
const LINGER_MS = 5000;

/** An answer of the OSS front. */
export interface OssAnswer {
	status: number;
	headers?: Record<string, string>;
	body?: string | Buffer;
	code?: string;
	/** Given by something in between: without the headers that every answer of a storage has. */
	elsewhere?: true;
}

/** What is answered after the work, when something becomes of it on its way. */
function changedBy(fault: Fault | undefined, answer: OssAnswer): OssAnswer {
	switch (fault?.kind) {
		case 'answerAfter':
			return toldAnswer(fault);
		case 'encodedAnswer':
			return { ...answer, headers: { ...answer.headers, 'content-encoding': fault.encoding } };
		case 'changedHeaders':
		case 'otherBytes':
		case 'corrupt':
			return { ...answer, headers: fault.change?.(answer.headers ?? {}) ?? answer.headers };
		default:
			return answer;
	}
}

/** Answers one request of the OSS front. */
export class OssAnswering {
	readonly requestId = newOssRequestId();

	constructor(
		private readonly request: IncomingMessage,
		private readonly response: ServerResponse,
		private readonly call: RecordedCall,
		private readonly world: Pick<ServiceWorld<string>, 'settings' | 'refusing'>,
	) {}

	/** Notes an answer whose body follows. @returns its headers, as the fault leaves them */
	begin(answer: OssAnswer, fault: Fault | undefined): Record<string, string> {
		this.note(answer);
		const all = { ...answer, headers: this.headersOf(answer) };
		return changedBy(fault, all).headers ?? {};
	}

	/** Lets the client read what a server may send at any time before its answer. */
	sendInterim(heads: number): void {
		for (let sent = 0; sent < heads; sent++) this.response.writeContinue();
	}

	/**
	 * Sends the answer. Before the body was read, OSS's front does as any: it answers at once,
	 * throws a small body away and keeps the connection; of a large one it reads on for a while,
	 * so that the answer is not lost to a reset, and then closes.
	 */
	send(answer: OssAnswer): void {
		const { request, response } = this;
		this.note(answer);
		const headers = this.headersOf(answer);
		if (this.world.refusing.has('oss')) headers.Connection = 'close';
		const length = Number(request.headers['content-length'] ?? Infinity);
		const unread = !request.complete && !request.readableEnded;
		if (!unread || length <= DRAINED_BYTES) {
			response.writeHead(answer.status, headers).end(answer.body);
			request.resume();
			return;
		}
		const { socket } = request;
		socket.write(rawHead(answer.status, [], { ...headers, Connection: 'close' }));
		socket.write(answer.body ?? '');
		const timer = setTimeout(() => socket.destroy(), LINGER_MS).unref();
		socket.once('close', () => clearTimeout(timer));
		request.once('end', () => socket.destroySoon());
		request.on('error', () => undefined);
		request.resume();
	}

	/** Sends an error as OSS does. */
	sendError(error: OssError): void {
		const body = error.toXml(this.requestId, this.request.headers.host ?? '');
		const headers = { 'content-type': 'application/xml' };
		this.send({ status: error.status, headers, body, code: error.code });
	}

	/** Gives the answer of a PUT that was stored, or what a fault makes of it. */
	async sendWith(fault: Fault | undefined, answer: OssAnswer): Promise<void> {
		switch (fault?.kind) {
			case 'holdAnswer':
				await fault.until;
				return this.send(answer);
			case 'stallAnswer':
				return;
			case 'reset':
			case 'shortPart':
				return this.reset();
			case 'truncatedAnswer':
				return this.truncate(answer);
			case 'moreHeaders':
				return this.sendAfter(fault.lines, answer);
			case 'slowAnswer':
				return this.sendSlowly(fault.bytesPerSecond, answer);
			default:
				return this.send(changedBy(fault, answer));
		}
	}

	/** Resets the connection: the client sees ECONNRESET, not an orderly end. */
	reset(): void {
		this.request.socket.resetAndDestroy();
	}

	/** Sends half of the answer's bytes and ends the connection. */
	private truncate(answer: OssAnswer): void {
		this.note(answer);
		const all = rawHead(answer.status, [], this.headersOf(answer)) + (answer.body ?? '');
		this.request.socket.end(all.slice(0, Math.floor(all.length / 2)));
	}

	/** Sends the answer with these lines at its beginning, then closes. */
	private sendAfter(lines: Array<[string, string]>, answer: OssAnswer): void {
		this.note(answer);
		const headers = { ...this.headersOf(answer), Connection: 'close' };
		this.request.socket.write(rawHead(answer.status, lines, headers));
		this.request.socket.end(answer.body ?? '');
	}

	/** Sends the answer at this speed, then closes. */
	private sendSlowly(bytesPerSecond: number, answer: OssAnswer): void {
		this.note(answer);
		const headers = { ...this.headersOf(answer), Connection: 'close' };
		const head = rawHead(answer.status, [], headers);
		sendSlowly(this.request.socket, head, answer.body ?? '', bytesPerSecond);
	}

	private headersOf(answer: OssAnswer): Record<string, string> {
		const own = { 'x-oss-request-id': this.requestId, 'x-oss-server-time': '1' };
		return {
			Date: new Date(this.world.settings.now()).toUTCString(),
			'Content-Length': String(Buffer.byteLength(answer.body ?? '')),
			...(!answer.elsewhere && { Server: 'AliyunOSS', ...own }),
			...answer.headers,
		};
	}

	private note(answer: OssAnswer): void {
		this.call.status = answer.status;
		this.call.code = answer.code;
	}
}
