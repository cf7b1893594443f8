import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import type * as Crc64Module from '../../nodes/shared/oss/crc64';
import type * as HashWasm from '../../nodes/shared/vendor/hash-wasm';
import { projectFolder } from '../measure/places';

/** The checksums our nodes take, each by what they take it with. */
export type HashName = 'md5' | 'sha1' | 'hash-wasm' | 'crc64';

/** Reads to the end and, if told, takes a checksum on the way. */
export async function readThrough(
	chunks: AsyncIterable<Uint8Array>,
	name?: HashName,
): Promise<void> {
	for await (const chunk of hashed(chunks, name)) void chunk;
}

/** Passes chunks on and, if told, takes a checksum on the way. */
export async function* hashed(
	chunks: AsyncIterable<Uint8Array>,
	name?: HashName,
): AsyncGenerator<Uint8Array> {
	const hash = await begin(name);
	for await (const chunk of chunks) {
		hash?.update(chunk);
		yield chunk;
	}
}

async function begin(name?: HashName): Promise<{ update(chunk: Uint8Array): unknown } | undefined> {
	if (!name) return undefined;
	if (name === 'crc64') return await built<typeof Crc64Module>('oss/crc64').Crc64.begin();
	if (name !== 'hash-wasm') return createHash(name);
	return (await built<typeof HashWasm>('vendor/hash-wasm').createSHA1()).init();
}

/** As it is published: with the hashes that the build puts into the package. */
function built<Module>(name: string): Module {
	const path = join(projectFolder, 'dist', 'nodes', 'shared', `${name}.js`);
	return createRequire(import.meta.url)(path) as Module;
}
