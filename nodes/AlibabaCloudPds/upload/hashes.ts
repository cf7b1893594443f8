import { createHash } from 'crypto';

import type { FileSource } from '../../shared/binary';
import { PartReader } from './part-reader';

/** Bytes whose hash the service takes for a first guess. */
const HEAD = 1024;

/** Bytes read at a time. */
const PIECE = 2 ** 20;

/** SHA-1 of the first 1,024 bytes, upper-case hex. */
export async function preHashOf(source: Pick<FileSource, 'size' | 'open'>): Promise<string> {
	return await sha1Of(source, HEAD);
}

/** SHA-1 of the file, or of its first bytes, upper-case hex. Reads them once. */
export async function sha1Of(
	source: Pick<FileSource, 'size' | 'open'>,
	limit = source.size,
): Promise<string> {
	const hash = createHash('sha1');
	const reader = new PartReader(source);
	const end = Math.min(limit, source.size);
	const piece = new Uint8Array(Math.min(PIECE, end));
	try {
		while (reader.offset < end) {
			hash.update(await reader.take(piece.subarray(0, end - reader.offset)));
		}
	} finally {
		await reader.close();
	}
	return hash.digest('hex').toUpperCase();
}
