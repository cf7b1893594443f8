import { createHash } from 'node:crypto';
import { createSHA1 } from 'hash-wasm';

import { Crc64 } from '../../nodes/shared/oss/crc64';

/** The checksums our nodes take, each by what they take it with. */
export type HashName = 'md5' | 'sha1' | 'hash-wasm' | 'crc64';

/** Reads to the end and, if told, takes a checksum on the way. */
export async function readThrough(
	chunks: AsyncIterable<Uint8Array>,
	name?: HashName,
): Promise<void> {
	const hash = await begin(name);
	for await (const chunk of chunks) hash?.update(chunk);
}

async function begin(name?: HashName): Promise<{ update(chunk: Uint8Array): unknown } | undefined> {
	if (!name) return undefined;
	if (name === 'crc64') return await Crc64.begin();
	return name === 'hash-wasm' ? (await createSHA1()).init() : createHash(name);
}
