import { createHash } from 'crypto';

import type { FileSource } from '../../shared/binary';

/** Bytes given to the connection at a time, so that progress is seen. */
const SLICE = 256 * 1024;

/** Bytes in memory as something that can be sent, again and again. */
export function sourceOf(bytes: Uint8Array): Pick<FileSource, 'size' | 'open'> {
	return { size: bytes.length, open: () => slices(bytes) };
}

/** Upper-case hex. */
export function md5Of(bytes: Uint8Array): string {
	return createHash('md5').update(bytes).digest('hex').toUpperCase();
}

async function* slices(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
	for (let start = 0; start < bytes.length; start += SLICE) {
		yield bytes.subarray(start, start + SLICE);
	}
}
