import { describe, expect, it } from 'vitest';

import { PartReader } from '../../../../nodes/AlibabaCloudPds/upload/part-reader';
import { FakeTransport } from '../../support/fake-transport';

/** A hash that keeps nothing. */
const none = { update: () => {} };

const reading = { transport: new FakeTransport(), timeout: 1_000 };

/** A file that comes in chunks of the given sizes; each byte is its place. */
function fileOf(chunks: number[], declared = chunks.reduce((sum, size) => sum + size, 0)) {
	const state = { read: 0, closed: false };
	async function* open() {
		try {
			for (const size of chunks) {
				yield Uint8Array.from({ length: size }, () => state.read++);
			}
		} finally {
			state.closed = true;
		}
	}
	return { source: { size: declared, open }, state };
}

const take = async (reader: PartReader, size: number) => [
	...(await reader.take(new Uint8Array(size))),
];
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

describe('the reader of parts', () => {
	it.each([[[10]], [[1, 1, 1, 1, 1, 1, 1, 1, 1, 1]], [[3, 7]], [[9, 1]]])(
		'cuts parts of 4 from chunks of %j',
		async (chunks) => {
			const reader = new PartReader(fileOf(chunks).source, none, reading);
			expect(await take(reader, 4)).toEqual(range(0, 4));
			expect(await take(reader, 4)).toEqual(range(4, 8));
			expect(reader.left).toBe(2);
			expect(await take(reader, 4)).toEqual(range(8, 10));
			expect(reader.left).toBe(0);
		},
	);

	it('reads no further than it has to', async () => {
		const { source, state } = fileOf([4, 4, 4]);
		const reader = new PartReader(source, none, reading);
		await take(reader, 3);
		expect(state.read).toBe(4);
		await reader.close();
		expect(state.closed).toBe(true);
	});

	it('gives bytes out again that were given back', async () => {
		const reader = new PartReader(fileOf([5, 5]).source, none, reading);
		const memory = new Uint8Array(6);
		reader.giveBack((await reader.take(memory)).subarray(2));
		memory.fill(0);
		expect(reader.offset).toBe(2);
		expect(await take(reader, 8)).toEqual(range(2, 10));
	});

	it('gives a hash each byte once, also those that were given back', async () => {
		const hashed: number[] = [];
		const hash = { update: (bytes: Uint8Array) => void hashed.push(...bytes) };
		const reader = new PartReader(fileOf([5, 5]).source, hash, reading);
		reader.giveBack((await reader.take(new Uint8Array(4))).subarray(1));
		reader.giveBack((await reader.take(new Uint8Array(2))).subarray(2));
		await take(reader, 3);
		expect(hashed).toEqual(range(0, 6));
		await take(reader, 4);
		expect(hashed).toEqual(range(0, 10));
	});

	it('gives nothing of an empty file', async () => {
		expect(await take(new PartReader(fileOf([]).source, none, reading), 4)).toEqual([]);
	});

	it('tells a file that is shorter, or longer, than declared', async () => {
		const shorter = new PartReader(fileOf([4], 6).source, none, reading);
		await expect(take(shorter, 6)).rejects.toThrow('shorter');
		const longer = new PartReader(fileOf([4, 4], 6).source, none, reading);
		await expect(take(longer, 6)).rejects.toThrow('longer');
	});

	it('tells a file that cannot be read', async () => {
		// eslint-disable-next-line require-yield
		async function* open(): AsyncGenerator<Uint8Array> {
			throw new Error('ENOENT');
		}
		const reader = new PartReader({ size: 1, open }, none, reading);
		await expect(take(reader, 1)).rejects.toThrow("could not be read from n8n's binary store");
	});
});
