import { createReadStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { recycled } from '../../../../nodes/shared/binary/recycle';

type WithTransfer = ArrayBuffer & { transfer?: (size: number) => ArrayBuffer };

/** What Node.js 22 and newer have: the memory is no longer that of the chunk. */
function transfer(this: ArrayBuffer): ArrayBuffer {
	return structuredClone(this, { transfer: [this] });
}

let folder: string;

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'recycle-'));
});

afterEach(async () => {
	await rm(folder, { recursive: true });
});

/** A file of the disk, and its chunks as they are read. */
async function read(content: Buffer, hasTransfer: boolean) {
	const path = join(folder, 'file');
	await writeFile(path, content);
	const stream = createReadStream(path, { highWaterMark: 1_000 });
	const given: Uint8Array[] = [];
	async function* chunks() {
		for await (const chunk of stream as AsyncIterable<Uint8Array>) {
			(chunk.buffer as WithTransfer).transfer = hasTransfer ? transfer : undefined;
			given.push(chunk);
			yield chunk;
		}
	}
	return { chunks: recycled(chunks()), given };
}

const content = Buffer.from(Array.from({ length: 9_500 }, (_, index) => index % 251));

describe('the chunks of a file', () => {
	it('have the same bytes, and their memory is given back at once', async () => {
		const { chunks, given } = await read(content, true);
		const copies: Buffer[] = [];
		for await (const chunk of chunks) {
			expect(given.at(-1)?.byteLength).toBe(0);
			copies.push(Buffer.from(chunk));
		}
		expect(Buffer.concat(copies).equals(content)).toBe(true);
	});

	it('stay as they are until two more were read', async () => {
		const { chunks } = await read(content, true);
		const kept: Array<{ chunk: Uint8Array; copy: Buffer }> = [];
		for await (const chunk of chunks) {
			kept.push({ chunk, copy: Buffer.from(chunk) });
			for (const { chunk: one, copy } of kept.slice(-3)) expect(copy.equals(one)).toBe(true);
		}
		expect(new Set(kept.map(({ chunk }) => chunk.buffer)).size).toBe(4);
	});

	it('are handed on where memory cannot be given back', async () => {
		const { chunks, given } = await read(content, false);
		const seen: Uint8Array[] = [];
		for await (const chunk of chunks) seen.push(chunk);
		expect(seen).toEqual(given);
	});

	it('are handed on where they share their memory with others', async () => {
		const shared = Buffer.from(content);
		async function* slices() {
			yield shared.subarray(0, 10);
			yield shared.subarray(10, 20);
		}
		Object.assign(shared.buffer, { transfer });
		const seen: Uint8Array[] = [];
		for await (const chunk of recycled(slices())) seen.push(chunk);
		expect(Buffer.concat(seen).equals(content.subarray(0, 20))).toBe(true);
		expect(seen.every(({ buffer }) => buffer === shared.buffer)).toBe(true);
	});
});
