import { createHash } from 'node:crypto';
import { createSHA1 } from 'hash-wasm';

import { crc64 } from '../../nodes/shared/oss/crc64';

/** The checksums our nodes take, each by what they take it with. */
export type HashName = 'md5' | 'sha1' | 'hash-wasm' | 'crc64';

/** Reads to the end and, if told, takes a checksum on the way. */
export async function readThrough(
	chunks: AsyncIterable<Uint8Array>,
	name?: HashName,
): Promise<void> {
	if (name === 'crc64') {
		await crc64(chunks);
		return;
	}
	const hash = await begin(name);
	for await (const chunk of chunks) hash?.update(chunk);
	hash?.digest('hex');
}

interface RunningHash {
	update(chunk: Uint8Array): unknown;
	digest(form: 'hex'): string;
}

async function begin(name?: Exclude<HashName, 'crc64'>): Promise<RunningHash | undefined> {
	if (!name) return undefined;
	return name === 'hash-wasm' ? (await createSHA1()).init() : createHash(name);
}
