import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { Fault, RecordedCall } from '../types';
import type { OssAnswer, OssAnswering } from './answering';
import { OssError } from './errors';
import { pace } from './receive';

/** An object as the storage gives it out. */
export interface StoredContent {
	size: number;
	/** Lower-case hex, '' for none. */
	md5: string;
	/** Decimal, '' for none. */
	crc64: string;
	/** Its bytes; if they are fewer than its size, they are repeated. */
	bytes: Buffer;
	/** Milliseconds since 1970. */
	modifiedAt: number;
}

/** Bytes that are written at a time. */
const PIECE = 256 * 1024;

/** A part of an object: the end is not in it. */
interface Span {
	from: number;
	to: number;
}

/** What of an object is wanted, and whether it was asked for. */
interface Wanted extends Span {
	isPart: boolean;
}

/** One GET under way. */
export interface Get {
	call: RecordedCall;
	response: ServerResponse;
	answering: OssAnswering;
	fault: Fault | undefined;
	/** Of the connection; default no limit. */
	bytesPerSecond?: number;
}

/**
 * Reads a `Range` as OSS does: one that is not valid, or not inside of the object, is ignored, unless
 * the header x-oss-range-behavior asks for the standard.
 */
export function wantedOf(headers: Record<string, string>, size: number): Wanted {
	const all = { from: 0, to: size, isPart: false };
	const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)(?:,|$)/.exec(headers.range ?? '') ?? [];
	if (first === '' && last === '') return all;
	const isStandard = headers['x-oss-range-behavior'] === 'standard';
	if (first === '') {
		const length = Number(last);
		if (length > size && !isStandard) return all;
		return { from: Math.max(0, size - length), to: size, isPart: true };
	}
	const from = Number(first);
	const end = last === '' ? size - 1 : Number(last);
	if (last !== '' && end < from) return all;
	if (from < size && end < size) return { from, to: end + 1, isPart: true };
	if (!isStandard) return all;
	if (from < size) return { from, to: size, isPart: true };
	throw new OssError(416, 'InvalidRange', 'The requested range cannot be satisfied', {
		ActualObjectSize: String(size),
		RangeRequested: headers.range,
		EC: '0039-00000001',
	});
}

function checkIfMatch({ headers }: RecordedCall, eTag: string): void {
	const wanted = headers['if-match'];
	if (wanted === undefined || wanted === eTag) return;
	const message = 'At least one of the pre-conditions you specified did not hold.';
	throw new OssError(412, 'PreconditionFailed', message, {
		Condition: 'If-Match',
		EC: '0041-00000001',
	});
}

function headersOf(content: StoredContent, { from, to, isPart }: Wanted): Record<string, string> {
	const { md5, crc64, size, modifiedAt } = content;
	return {
		'Content-Type': 'application/octet-stream',
		'Content-Length': String(to - from),
		...(isPart && { 'Content-Range': `bytes ${from}-${to - 1}/${size}` }),
		...(md5 && { ETag: `"${md5.toUpperCase()}"` }),
		...(md5 && { 'Content-MD5': Buffer.from(md5, 'hex').toString('base64') }),
		...(crc64 && { 'x-oss-hash-crc64ecma': crc64 }),
		'Accept-Ranges': 'bytes',
		'Last-Modified': new Date(modifiedAt).toUTCString(),
		'x-oss-object-type': 'Normal',
	};
}

function* piecesOf({ bytes }: StoredContent, { from, to }: Span, most = PIECE): Generator<Buffer> {
	for (let at = from; at < to;) {
		const start = at % bytes.length;
		const piece = bytes.subarray(start, Math.min(start + most, start + to - at));
		yield piece;
		at += piece.length;
	}
}

/** After how many bytes of the answer a fault strikes. */
function strikesAfter(fault: Fault | undefined, length: number): number {
	if (fault?.kind === 'truncatedAnswer') return Math.floor(length / 2);
	if (fault?.kind === 'stall') return fault.afterBytes ?? 0;
	if (fault?.kind !== 'reset' || fault.when !== 'duringBody') return Infinity;
	return fault.afterBytes ?? Math.floor(length / 2);
}

/** A piece of an answer, with a byte changed if that is the fault and its place. */
function spoilt(piece: Buffer, sent: number, length: number, fault: Fault | undefined): Buffer {
	if (fault?.kind !== 'corrupt') return piece;
	const index = { first: 0, middle: length >> 1, last: length - 1 }[fault.at ?? 'first'] - sent;
	if (!(index in piece)) return piece;
	const copy = Buffer.from(piece);
	copy[index] ^= 0xff;
	return copy;
}

/** Ends an answer in the middle: the fault has struck. */
async function strike({ response, fault }: Get): Promise<void> {
	const { socket } = response;
	if (fault?.kind === 'reset') socket?.resetAndDestroy();
	else if (fault?.kind === 'truncatedAnswer') socket?.end();
	else if (socket && !socket.destroyed) await once(socket, 'close').catch(() => undefined);
}

async function sendPieces(get: Get, content: StoredContent, span: Span): Promise<void> {
	const { response, call, fault, bytesPerSecond = 0 } = get;
	const length = span.to - span.from;
	const limit = strikesAfter(fault, length);
	const speed =
		fault?.kind === 'slow' || fault?.kind === 'slowAnswer' ? fault.bytesPerSecond : bytesPerSecond;
	// What comes slowly comes in pieces of a twentieth of a second.
	const most = speed > 0 ? Math.min(PIECE, Math.ceil(speed / 20)) : PIECE;
	const given = { from: span.from, to: span.from + Math.min(length, limit) };
	call.bytes = 0;
	for (const whole of piecesOf(content, given, most)) {
		const piece = spoilt(whole, call.bytes, length, fault);
		if (speed > 0 && response.socket) await pace(response.socket, piece.length, speed);
		if (response.destroyed) return;
		call.bytes += piece.length;
		if (limit < Infinity) await sent(response, piece);
		else if (!response.write(piece)) await drained(response);
	}
	if (limit < Infinity) await strike(get);
	else response.end();
}

/** Writes a piece, and waits until it is on its way. */
async function sent(response: ServerResponse, piece: Buffer): Promise<void> {
	await new Promise<void>((resolve) => response.write(piece, () => resolve()));
}

/** Waits until the other side has taken what was written, or has left. */
async function drained(response: ServerResponse): Promise<void> {
	const gone = new AbortController();
	const leave = () => gone.abort();
	response.once('close', leave);
	await once(response, 'drain', { signal: gone.signal }).catch(() => undefined);
	response.off('close', leave);
}

/** What a fault makes of an answer that is given whole. */
const WHOLE = new Set(['answerAfter', 'moreHeaders']);

/** Gives an object, or the part of it that is wanted. Throws OssError. */
export async function give(get: Get, content: StoredContent): Promise<void> {
	const { call, response, answering, fault } = get;
	checkIfMatch(call, content.md5 && `"${content.md5.toUpperCase()}"`);
	const ranges = fault?.kind === 'noRanges' ? {} : call.headers;
	const wanted = wantedOf(ranges, content.size);
	const status = wanted.isPart ? 206 : 200;
	const answer: OssAnswer = { status, headers: headersOf(content, wanted) };
	if (fault?.kind === 'holdAnswer') await fault.until;
	if (fault?.kind === 'stallAnswer') return;
	if (fault?.kind === 'reset' && fault.when !== 'duringBody') return answering.reset();
	if (fault && WHOLE.has(fault.kind)) {
		const body = Buffer.concat([...piecesOf(content, wanted)]);
		return await answering.sendWith(fault, { ...answer, body });
	}
	response.writeHead(status, answering.begin(answer, fault));
	await sendPieces(get, content, wanted);
}
