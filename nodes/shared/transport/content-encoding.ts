import type { Buffer } from 'node:buffer';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';

import { TransportError } from './transport-error';
import { MAX_ANSWER_BYTES } from './types';

type Unpack = (
	packed: Buffer,
	options: { maxOutputLength: number; chunkSize: number },
) => Promise<Buffer>;

/**
 * Size of a decoded chunk in bytes. Each chunk costs a turn of the event loop, and the default of
 * Node.js is 16 KiB.
 */
const PIECE = 512 * 1024;

const UNPACKERS: Record<string, Unpack> = {
	gzip: promisify<Buffer, object, Buffer>(gunzip),
	'x-gzip': promisify<Buffer, object, Buffer>(gunzip),
	deflate: promisify<Buffer, object, Buffer>(inflate),
	br: promisify<Buffer, object, Buffer>(brotliDecompress),
};

/**
 * Decodes a response body by its Content-Encoding. Requests ask for `identity`, but some gateways
 * compress anyway.
 *
 * @throws {TransportError} `encoded` for an unknown encoding or damaged data, `oversize` for more
 * than {@link MAX_ANSWER_BYTES} bytes
 */
export async function decoded(bytes: Buffer, encoding: string, host: string): Promise<Buffer> {
	const names = encoding
		.toLowerCase()
		.split(',')
		.map((name) => name.trim())
		.filter((name) => name !== '' && name !== 'identity');
	let plain = bytes;
	for (const name of names.reverse()) plain = await unpacked(plain, name, host);
	return plain;
}

async function unpacked(packed: Buffer, name: string, host: string): Promise<Buffer> {
	if (packed.length === 0) return packed;
	const unpack = Object.hasOwn(UNPACKERS, name) ? UNPACKERS[name] : undefined;
	if (!unpack) throw new TransportError('encoded', host, true, 'ENCODING');
	return await unpack(packed, { maxOutputLength: MAX_ANSWER_BYTES, chunkSize: PIECE }).catch(
		(cause: unknown) => {
			const isTooLarge = (cause as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE';
			const failure = isTooLarge ? 'oversize' : 'encoded';
			throw new TransportError(failure, host, true, isTooLarge ? 'TOO_LARGE' : 'ENCODING', {
				cause,
			});
		},
	);
}
