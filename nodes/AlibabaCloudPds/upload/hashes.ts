import { createHash } from 'crypto';

import { readFile, type Content, type ReadOptions } from '../../shared/binary';
import { Crc64 } from '../../shared/oss';

/** Number of bytes whose hash the service checks first. */
const HEAD = 1024;

/** Returns the SHA-1 of the first 1,024 bytes, in upper-case hex. */
export async function preHashOf(source: Content, options: ReadOptions): Promise<string> {
	return await sha1Of(source, options, HEAD);
}

/** Returns the SHA-1 of the file or of its first bytes, in upper-case hex. Reads them once. */
export async function sha1Of(
	source: Content,
	options: ReadOptions,
	limit = source.size,
): Promise<string> {
	const hash = createHash('sha1');
	let left = limit;
	if (left > 0) {
		for await (const chunk of readFile(source, options)) {
			hash.update(chunk.subarray(0, left));
			left -= chunk.length;
			if (left <= 0) break;
		}
	}
	return hash.digest('hex').toUpperCase();
}

/** Returns the CRC-64 of the file, or of a part in memory, as unsigned decimal. Reads it once. */
export async function crc64Of(source: Content, options: ReadOptions): Promise<string> {
	const crc64 = await Crc64.begin();
	for await (const chunk of readFile(source, options)) crc64.update(chunk);
	return crc64.decimal;
}
