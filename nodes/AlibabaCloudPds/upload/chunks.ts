import { createHash } from 'crypto';

import type { FileSource } from '../../shared/binary';

/** Bytes given to the connection at a time, so that progress is seen. */
const SLICE = 256 * 1024;

export function bytesOf(chunks: Uint8Array[]): number {
	return chunks.reduce((sum, chunk) => sum + chunk.length, 0);
}

/** The first `size` bytes and the others; nothing is copied. */
export function split(chunks: Uint8Array[], size: number): [Uint8Array[], Uint8Array[]] {
	const head: Uint8Array[] = [];
	const tail: Uint8Array[] = [];
	let left = size;
	for (const chunk of chunks) {
		const taken = Math.min(left, chunk.length);
		if (taken > 0) head.push(chunk.subarray(0, taken));
		if (taken < chunk.length) tail.push(chunk.subarray(taken));
		left -= taken;
	}
	return [head, tail];
}

/** Bytes in memory as something that can be sent, again and again. */
export function sourceOf(chunks: Uint8Array[]): Pick<FileSource, 'size' | 'open'> {
	return { size: bytesOf(chunks), open: () => slices(chunks) };
}

/** Upper-case hex. */
export function md5Of(chunks: Uint8Array[]): string {
	const hash = createHash('md5');
	for (const chunk of chunks) hash.update(chunk);
	return hash.digest('hex').toUpperCase();
}

async function* slices(chunks: Uint8Array[]): AsyncGenerator<Uint8Array> {
	for (const chunk of chunks) {
		for (let start = 0; start < chunk.length; start += SLICE) {
			yield chunk.subarray(start, start + SLICE);
		}
	}
}
