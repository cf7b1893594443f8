import fc from 'fast-check';
import { createCRC64 } from 'hash-wasm';
import { describe, expect, it } from 'vitest';

import { combineCrc64, Crc64 } from '../../../../nodes/shared/oss/crc64';
import { combineCrc64 as byMatrix } from '../../../services/pds/hash/crc64';

async function decimal(...chunks: Uint8Array[]) {
	const crc64 = await Crc64.begin();
	for (const chunk of chunks) crc64.update(chunk);
	return crc64.decimal;
}

const files = fc.array(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 6 }), {
	minLength: 1,
	maxLength: 4,
});

describe('the CRC-64', () => {
	it('has the check value of CRC-64/XZ, however the bytes are cut', async () => {
		const check = BigInt('0x995DC9BBDF1939FA').toString();
		expect(await decimal(Buffer.from('123456789'))).toBe(check);
		expect(await decimal(Buffer.from('1234'), Buffer.from(''), Buffer.from('56789'))).toBe(check);
	});

	it('of nothing is 0', async () => {
		expect(await decimal()).toBe('0');
	});

	it('is written as an unsigned decimal, without zeros before it', async () => {
		const texts = Array.from({ length: 500 }, (_, index) => String(index));
		const sums = await Promise.all(texts.map(async (text) => await decimal(Buffer.from(text))));
		for (const sum of sums) expect(sum).toMatch(/^[1-9]\d{0,19}$/);
		expect(sums.some((sum) => BigInt(sum) >> 63n === 1n)).toBe(true);
		expect(sums.some((sum) => BigInt(sum) >> 60n === 0n)).toBe(true);
	});

	it('of files read at the same time is that of each alone', async () => {
		const reference = await createCRC64();
		await fc.assert(
			fc.asyncProperty(files, async (given) => {
				const running = await Promise.all(given.map(async () => await Crc64.begin()));
				const longest = Math.max(...given.map((chunks) => chunks.length));
				for (let turn = 0; turn < longest; turn++) {
					running.forEach((crc64, file) => crc64.update(given[file][turn] ?? new Uint8Array()));
				}
				for (const [file, crc64] of running.entries()) {
					const hex = reference.init().update(Buffer.concat(given[file])).digest('hex');
					expect(crc64.decimal).toBe(BigInt(`0x${hex}`).toString());
				}
			}),
		);
	});

	it('can be asked for in between', async () => {
		const crc64 = await Crc64.begin();
		crc64.update(Buffer.from('1234'));
		expect([crc64.decimal, crc64.decimal]).toEqual(
			Array(2).fill(await decimal(Buffer.from('1234'))),
		);
		crc64.update(Buffer.from('56789'));
		expect(crc64.decimal).toBe(await decimal(Buffer.from('123456789')));
	});
});

describe('the CRC-64 of a file from those of its pieces', () => {
	const piecesOf = async (chunks: Uint8Array[]) =>
		await Promise.all(
			chunks.map(async (chunk) => ({ size: chunk.length, crc64: await decimal(chunk) })),
		);

	it('is that of all bytes, however they are cut', async () => {
		const chunks = fc.array(fc.uint8Array({ maxLength: 3000 }), { maxLength: 8 });
		await fc.assert(
			fc.asyncProperty(chunks, async (given) => {
				expect(combineCrc64(await piecesOf(given))).toBe(await decimal(...given));
			}),
		);
	});

	it('is another when pieces are swapped, left out or there twice', async () => {
		const pieces = await piecesOf(['one', 'two', 'six'].map((text) => Buffer.from(text)));
		const [one, two, six] = pieces;
		const orders = [pieces, [one, six, two], [two, one, six], [one, six], [one, one, two, six]];
		const sums = orders.map((order) => combineCrc64(order));
		expect(new Set(sums).size).toBe(orders.length);
	});

	it('is that of another algorithm for pieces of any size', async () => {
		const sum = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(String);
		const size = fc.integer({ min: 1, max: 2 ** 43 });
		await fc.assert(
			fc.property(sum, sum, size, (first, second, bytes) => {
				const pieces = [
					{ size: 1, crc64: first },
					{ size: bytes, crc64: second },
				];
				expect(combineCrc64(pieces)).toBe(byMatrix(first, second, bytes));
			}),
			{ numRuns: 20 },
		);
	});
});
