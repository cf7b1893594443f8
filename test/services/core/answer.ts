import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import type { AnyAnswer, Fault } from './types';
import type { ServiceWorld } from './world';

/** An answer as either front can send it. */
export interface RawAnswer {
	status: number;
	headers: Record<string, string>;
	body: string | Buffer;
	code?: string;
	/** Given by something in between: without the headers that every answer of the service has. */
	elsewhere?: true;
}

function contentTypeOf(body: unknown): string {
	if (Buffer.isBuffer(body)) return 'application/octet-stream';
	if (typeof body !== 'string') return 'application/json;charset=utf-8';
	if (body.startsWith('<?xml')) return 'application/xml';
	return body.trimStart().startsWith('<') ? 'text/html;charset=utf-8' : 'text/plain;charset=utf-8';
}

/** Any body as an answer: text as it is, anything else as JSON; nothing has no media type. */
export function rawAnswer(
	status: number,
	body: unknown,
	headers: Record<string, string> = {},
): RawAnswer {
	const code = (body as { code?: unknown } | undefined)?.code;
	const bytes = bodyOf(body);
	return {
		status,
		headers: { ...(bytes.length > 0 && { 'content-type': contentTypeOf(body) }), ...headers },
		body: bytes,
		...(typeof code === 'string' && { code }),
	};
}

function bodyOf(body: unknown): string | Buffer {
	if (body === undefined) return '';
	return typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
}

/** The answer after somebody has changed its JSON on the way; errors stay as they are. */
export function changedAnswer(
	answer: RawAnswer,
	change: (body: Record<string, unknown>) => unknown,
): RawAnswer {
	if (answer.status !== 200) return answer;
	const body = change(JSON.parse(String(answer.body)) as Record<string, unknown>);
	return rawAnswer(answer.status, body);
}

const PACKERS: Record<string, (plain: string | Buffer) => Buffer> = {
	gzip: gzipSync,
	deflate: deflateSync,
	br: brotliCompressSync,
};

/** The answer packed; an encoding that is not known packs it as nobody can read it. */
export function encodedAnswer(answer: RawAnswer, encoding: string): RawAnswer {
	const pack = PACKERS[encoding] ?? ((plain) => gzipSync(plain).reverse());
	const headers = { ...answer.headers, 'content-encoding': encoding };
	return { ...answer, headers, body: answer.body.length > 0 ? pack(answer.body) : '' };
}

/** An answer as somebody who lets a request fail has told it. */
export function toldAnswer({ status, body, headers, elsewhere }: AnyAnswer): RawAnswer {
	return { ...rawAnswer(status, body, headers), ...(elsewhere && { elsewhere }) };
}

/** The answer a fault gives without the request being carried out, if it does. */
export function answerInstead(
	fault: Fault | undefined,
	world: Pick<ServiceWorld<string>, 'errorBody'>,
	requestId: string,
): RawAnswer | undefined {
	switch (fault?.kind) {
		case 'answer':
			return toldAnswer(fault);
		case 'redirect':
			return rawAnswer(fault.status, '', { location: fault.location });
		case 'apiError':
			return rawAnswer(fault.status, world.errorBody(fault, requestId));
		default:
			return undefined;
	}
}
