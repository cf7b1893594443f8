import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault, HashName, RecordedCall, StoredBytes } from '../types';
import { Digest } from './digest';
import { OssError } from './errors';

/** The largest object one PUT may make. */
export const MAX_OBJECT_BYTES = 5 * 1024 ** 3;

/** How a body is received. */
export interface Reception {
	hashes: HashName[];
	keepBytes: boolean;
	/** Of the kinds that strike while the body comes in. */
	fault?: Fault;
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

function strikesAfter(fault: Fault | undefined, request: IncomingMessage): number {
	if (fault?.kind === 'stall') return fault.afterBytes ?? 0;
	if (fault?.kind !== 'reset' || fault.when !== 'duringBody') return Infinity;
	return fault.afterBytes ?? Math.floor(Number(request.headers['content-length'] ?? 0) / 2);
}

/** A piece of a body, with a byte changed if that is the fault and its place. @param from its offset */
export function spoilt(
	chunk: Buffer,
	from: number,
	{ headers }: Pick<IncomingMessage, 'headers'>,
	fault: { kind: string; at?: string } | undefined,
): Buffer {
	if (fault?.kind !== 'corrupt') return chunk;
	const last = Number(headers['content-length'] ?? 1) - 1;
	const places: Record<string, number> = { first: 0, middle: last >> 1, last };
	const index = places[fault.at ?? 'first'] - from;
	if (!(index in chunk)) return chunk;
	const copy = Buffer.from(chunk);
	copy[index] ^= 0xff;
	return copy;
}

/**
 * Reads a body to its end with back-pressure, chunk by chunk. Undefined when it never came to an
 * end: the client went away, or a fault struck.
 */
export async function receive(
	request: IncomingMessage,
	call: RecordedCall,
	{ hashes, keepBytes, fault }: Reception,
): Promise<StoredBytes | undefined> {
	const limit = strikesAfter(fault, request);
	const digest = await Digest.begin(hashes);
	const kept: Buffer[] = [];
	call.bytes = 0;
	const strike = async (): Promise<undefined> => {
		if (fault?.kind === 'reset') request.socket.resetAndDestroy();
		else if (!request.socket.destroyed) await once(request.socket, 'close').catch(() => undefined);
		return undefined;
	};
	try {
		if (limit === 0) return await strike();
		// Not `for await`: leaving it would destroy the request, and with it the answer's socket.
		const chunks = request[Symbol.asyncIterator]();
		for (let next = await chunks.next(); !next.done; next = await chunks.next()) {
			const chunk = spoilt(next.value as Buffer, call.bytes, request, fault);
			call.bytes += chunk.length;
			digest.update(chunk);
			if (keepBytes) kept.push(chunk);
			if (call.bytes > MAX_OBJECT_BYTES) throw tooLarge();
			if (call.bytes >= limit) return await strike();
			if (fault?.kind === 'slow') {
				await sleep((chunk.length * 1000) / fault.bytesPerSecond, undefined, { ref: false });
			}
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
