import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault, HashName, RecordedCall, StoredBytes } from '../types';
import { Digest } from './digest';
import { OssError } from './errors';

/** The largest object one PUT may make. */
export const MAX_OBJECT_BYTES = 5 * 1024 ** 3;

/** How far a connection may run ahead after a timer that came late. */
const CATCH_UP_MS = 10;
/** Timers are no finer than this. */
const TIMER_MS = 2;

/** How a body is received. */
export interface Reception {
	hashes: HashName[];
	keepBytes: boolean;
	/** Of the connection; default no limit. */
	bytesPerSecond?: number;
	/** Called with each chunk as it will be stored. */
	see?(chunk: Buffer): void;
}

/** The refusal of an object that is too large. */
export function tooLarge(): OssError {
	return new OssError(
		400,
		'EntityTooLarge',
		'Your proposed upload exceeds the maximum allowed size.',
		{ MaxSizeAllowed: String(MAX_OBJECT_BYTES), EC: '0003-00000021' },
	);
}

function half({ headers }: IncomingMessage): number {
	return Math.floor(Number(headers['content-length'] ?? 0) / 2);
}

function strikesAfter(fault: Fault | undefined, request: IncomingMessage): number {
	if (fault?.kind === 'stall') return fault.afterBytes ?? 0;
	if (fault?.kind !== 'reset' || fault.when !== 'duringBody') return Infinity;
	return fault.afterBytes ?? half(request);
}

/** A piece of a body, with a byte changed if that is the fault and its place. @param from its offset */
function spoilt(
	chunk: Buffer,
	from: number,
	{ headers }: IncomingMessage,
	fault: Fault | undefined,
): Buffer {
	if (fault?.kind !== 'corrupt') return chunk;
	const last = Number(headers['content-length'] ?? 1) - 1;
	const index = { first: 0, middle: last >> 1, last }[fault.at ?? 'first'] - from;
	if (!(index in chunk)) return chunk;
	const copy = Buffer.from(chunk);
	copy[index] ^= 0xff;
	return copy;
}

/** The bytes of a body as they will be stored: as they came, spoilt, cut or others altogether. */
async function* arriving(
	request: IncomingMessage,
	fault: Fault | undefined,
): AsyncGenerator<Buffer> {
	const cut = fault?.kind === 'shortPart' ? (fault.afterBytes ?? half(request)) : Infinity;
	// Not `for await`: leaving it would destroy the request, and with it the answer's socket.
	const chunks = request[Symbol.asyncIterator]();
	for (let passed = 0; passed < cut;) {
		const next = await chunks.next();
		if (next.done) break;
		if (fault?.kind === 'otherBytes') continue;
		const chunk = (next.value as Buffer).subarray(0, cut - passed);
		yield spoilt(chunk, passed, request, fault);
		passed += chunk.length;
	}
	if (fault?.kind === 'otherBytes') yield fault.bytes;
}

/** When each connection may go on reading. */
const due = new WeakMap<Socket, number>();

/** Waits until a connection may go on after so many bytes. */
export async function pace(socket: Socket, bytes: number, bytesPerSecond: number): Promise<void> {
	const now = performance.now();
	const from = Math.max(due.get(socket) ?? 0, now - CATCH_UP_MS);
	const until = from + (bytes * 1000) / bytesPerSecond;
	due.set(socket, until);
	if (until - now > TIMER_MS) await sleep(until - now, undefined, { ref: false });
}

/**
 * Reads a body to its end with back-pressure, chunk by chunk. Undefined when it never came to an
 * end: the client went away, or a fault struck.
 */
export async function receive(
	request: IncomingMessage,
	call: RecordedCall,
	{ hashes, keepBytes, bytesPerSecond = 0, see }: Reception,
	fault: Fault | undefined,
): Promise<StoredBytes | undefined> {
	const limit = strikesAfter(fault, request);
	const digest = await Digest.begin(hashes);
	const kept: Buffer[] = [];
	const speed = fault?.kind === 'slow' ? fault.bytesPerSecond : bytesPerSecond;
	call.bytes = 0;
	const strike = async (): Promise<undefined> => {
		if (fault?.kind === 'reset') request.socket.resetAndDestroy();
		else if (!request.socket.destroyed) await once(request.socket, 'close').catch(() => undefined);
		return undefined;
	};
	try {
		if (limit === 0) return await strike();
		// Not `for await`, for the reason above: what strikes leaves the loop.
		const chunks = arriving(request, fault);
		for (let next = await chunks.next(); !next.done; next = await chunks.next()) {
			const chunk = next.value;
			call.bytes += chunk.length;
			see?.(chunk);
			digest.update(chunk);
			if (keepBytes) kept.push(chunk);
			if (call.bytes > MAX_OBJECT_BYTES) throw tooLarge();
			if (call.bytes >= limit) return await strike();
			if (speed > 0) await pace(request.socket, chunk.length, speed);
		}
		if (limit < Infinity) return await strike();
		return { ...digest.finish(), ...(keepBytes && { bytes: Buffer.concat(kept) }) };
	} catch (error) {
		if (error instanceof OssError) throw error;
		// The connection broke before the body was whole.
		return undefined;
	} finally {
		digest.release();
	}
}
