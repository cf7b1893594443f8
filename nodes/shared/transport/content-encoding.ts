import type { Buffer } from 'node:buffer';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';

import { TransportError } from './transport-error';
import { MAX_ANSWER_BYTES } from './types';

type Unpack = (
	packed: Buffer,
	options: { maxOutputLength: number; chunkSize: number },
) => Promise<Buffer>;

/** Each piece costs a turn of the event loop, and Node's own are of 16 KiB: bytes. */
const PIECE = 512 * 1024;

const UNPACKERS: Record<string, Unpack> = {
	gzip: promisify<Buffer, object, Buffer>(gunzip),
	'x-gzip': promisify<Buffer, object, Buffer>(gunzip),
	deflate: promisify<Buffer, object, Buffer>(inflate),
	br: promisify<Buffer, object, Buffer>(brotliDecompress),
};

/**
 * An answer as it was before it was encoded. Requests ask for plain ones, but not all gateways care.
 *
 * @throws {TransportError} for an encoding that nobody knows, and for what unpacks to more than any
 * answer of these services has
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
