import type { IBinaryKeyData } from 'n8n-workflow';
import { createHash, type Hash } from 'node:crypto';
import { Readable } from 'node:stream';

import type { Engine } from '../engine';
import type { InputFile } from './input-files';
import { Problem } from './problem';

/** A file in n8n's binary store, with the digests of what was read. */
export interface StagedFile {
	/** The binary field of the e-mail: `attachment_0`. */
	field: string;
	name: string;
	/** Bytes. */
	size: number;
	/** Lower-case hex. */
	sha256: string;
	/** Lower-case hex. */
	md5: string;
}

export interface Staged {
	files: StagedFile[];
	binary: IBinaryKeyData;
}

/** Streams the files into n8n's binary store as the attachments of an e-mail. */
export async function stage(
	engine: Engine,
	inputs: InputFile[],
	update: (bytes: number) => void,
	signal: AbortSignal,
): Promise<Staged> {
	const staged: Staged = { files: [], binary: {} };
	let before = 0;
	for (const [index, { name, read }] of inputs.entries()) {
		const field = `attachment_${index}`;
		const meter = { bytes: 0, sha256: createHash('sha256'), md5: createHash('md5') };
		const onBytes = (bytes: number) => update(before + bytes);
		const data = Readable.from(metered(read(), meter, onBytes, signal), { objectMode: false });
		staged.binary[field] = await engine.storeBinary(data, { fileName: name });
		const { bytes: size, sha256, md5 } = meter;
		const digests = { sha256: sha256.digest('hex'), md5: md5.digest('hex') };
		staged.files.push({ field, name, size, ...digests });
		before += size;
	}
	return staged;
}

interface Meter {
	bytes: number;
	sha256: Hash;
	md5: Hash;
}

async function* metered(
	chunks: AsyncIterable<Buffer>,
	meter: Meter,
	onBytes: (bytes: number) => void,
	signal: AbortSignal,
): AsyncGenerator<Buffer> {
	for await (const chunk of chunks) {
		if (signal.aborted) throw new Problem('Stopped before anything was uploaded.');
		meter.bytes += chunk.length;
		meter.sha256.update(chunk);
		meter.md5.update(chunk);
		onBytes(meter.bytes);
		yield chunk;
	}
}
