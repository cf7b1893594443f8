import type { FastifyReply, FastifyRequest } from 'fastify';
import { changedAnswer, encodedAnswer, type RawAnswer, toldAnswer } from '../answer';
import { rawHead, sendSlowly } from '../raw-socket';
import type { Fault, RecordedCall } from '../types';

/** A request under way. */
export interface Exchange {
	request: FastifyRequest;
	reply: FastifyReply;
	call: RecordedCall;
	/** Names of the headers that every answer of the service has. */
	ownHeaders: string[];
}

/** Answers. */
export function send({ reply, call, ownHeaders }: Exchange, answer: RawAnswer): FastifyReply {
	call.status = answer.status;
	if (answer.code !== undefined) call.code = answer.code;
	if (answer.elsewhere) for (const name of ownHeaders) reply.removeHeader(name);
	return reply.code(answer.status).headers(answer.headers).send(answer.body);
}

/** Takes the connection out of the framework's hands and breaks it. */
export function breakOff(
	{ request, reply }: Pick<Exchange, 'request' | 'reply'>,
	how: 'reset' | 'stall',
): void {
	reply.hijack();
	if (how === 'reset') request.raw.socket.resetAndDestroy();
}

/** Breaks a request whose fault strikes before its body is read. */
export function breakEarly(
	exchange: Pick<Exchange, 'request' | 'reply'>,
	fault: Fault | undefined,
): void {
	const { request, reply } = exchange;
	if (fault?.kind === 'stall') breakOff(exchange, 'stall');
	if (fault?.kind !== 'reset') return;
	if (fault.when === 'beforeBody') breakOff(exchange, 'reset');
	if (fault.when === 'duringBody') {
		// Bodies of the API are small: their first bytes are all there is to wait for.
		request.raw.once('data', () => request.raw.socket.resetAndDestroy());
		reply.hijack();
	}
}

function truncate({ request, reply }: Exchange, answer: RawAnswer): void {
	reply.hijack();
	const bytes = Buffer.from(answer.body);
	reply.raw.writeHead(answer.status, { ...answer.headers, 'content-length': bytes.length });
	reply.raw.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => request.raw.socket.end());
}

/** Writes the answer itself, with these lines at its beginning, or at this speed; then closes. */
function sendRaw(
	{ request, reply, call }: Exchange,
	answer: RawAnswer,
	fault: Extract<Fault, { kind: 'moreHeaders' | 'slowAnswer' }>,
): void {
	call.status = answer.status;
	reply.hijack();
	const { socket } = request.raw;
	const headers = {
		...(reply.getHeaders() as Record<string, string>),
		...answer.headers,
		'content-length': String(Buffer.byteLength(answer.body)),
		connection: 'close',
	};
	const lines = fault.kind === 'moreHeaders' ? fault.lines : [];
	const head = rawHead(answer.status, lines, headers);
	if (fault.kind === 'slowAnswer') {
		return sendSlowly(socket, head, answer.body, fault.bytesPerSecond);
	}
	socket.write(head);
	socket.end(answer.body);
}

/** Gives the answer of a request that was carried out, or what a fault makes of it. */
export async function sendWith(
	fault: Fault | undefined,
	exchange: Exchange,
	answer: RawAnswer,
): Promise<unknown> {
	switch (fault?.kind) {
		case 'holdAnswer':
			await fault.until;
			return send(exchange, answer);
		case 'stallAnswer':
			return breakOff(exchange, 'stall');
		case 'reset':
			return breakOff(exchange, 'reset');
		case 'truncatedAnswer':
			return truncate(exchange, answer);
		case 'moreHeaders':
		case 'slowAnswer':
			return sendRaw(exchange, answer, fault);
		case 'changedAnswer':
			return send(exchange, changedAnswer(answer, fault.change));
		case 'answerAfter':
			return send(exchange, toldAnswer(fault));
		case 'encodedAnswer':
			return send(exchange, encodedAnswer(answer, fault.encoding));
		case 'changedHeaders':
			throw new Error('Only the storage changes headers');
		case 'interim':
			for (let sent = 0; sent < fault.heads; sent++) exchange.reply.raw.writeContinue();
			return send(exchange, answer);
		default:
			return send(exchange, answer);
	}
}
