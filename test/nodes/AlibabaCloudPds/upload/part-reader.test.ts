import { describe, expect, it } from 'vitest';

import { PartReader } from '../../../../nodes/AlibabaCloudPds/upload/part-reader';

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

const join = (chunks: Uint8Array[]) => [...Buffer.concat(chunks)];
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

describe('the reader of parts', () => {
	it.each([[[10]], [[1, 1, 1, 1, 1, 1, 1, 1, 1, 1]], [[3, 7]], [[9, 1]]])(
		'cuts parts of 4 from chunks of %j',
		async (chunks) => {
			const reader = new PartReader(fileOf(chunks).source);
			expect(join(await reader.take(4))).toEqual(range(0, 4));
			expect(join(await reader.take(4))).toEqual(range(4, 8));
			expect(reader.left).toBe(2);
			expect(join(await reader.take(4))).toEqual(range(8, 10));
			expect(reader.left).toBe(0);
		},
	);

	it('reads no further than it has to', async () => {
		const { source, state } = fileOf([4, 4, 4]);
		const reader = new PartReader(source);
		await reader.take(3);
		expect(state.read).toBe(4);
		await reader.close();
		expect(state.closed).toBe(true);
	});

	it('gives bytes out again that were given back', async () => {
		const reader = new PartReader(fileOf([5, 5]).source);
		const taken = await reader.take(6);
		reader.giveBack([Buffer.concat(taken).subarray(2)]);
		expect(reader.offset).toBe(2);
		expect(join(await reader.take(8))).toEqual(range(2, 10));
	});

	it('gives nothing of an empty file', async () => {
		expect(await new PartReader(fileOf([]).source).take(4)).toEqual([]);
	});

	it('tells a file that is shorter, or longer, than declared', async () => {
		const shorter = new PartReader(fileOf([4], 6).source);
		await expect(shorter.take(6)).rejects.toThrow('shorter');
		const longer = new PartReader(fileOf([4, 4], 6).source);
		await expect(longer.take(6)).rejects.toThrow('longer');
	});

	it('tells a file that cannot be read', async () => {
		// eslint-disable-next-line require-yield
		async function* open(): AsyncGenerator<Uint8Array> {
			throw new Error('ENOENT');
		}
		const reader = new PartReader({ size: 1, open });
		await expect(reader.take(1)).rejects.toThrow("could not be read from n8n's binary store");
	});
});
