import fc from 'fast-check';
import { createCRC64 } from 'hash-wasm';
import { describe, expect, it } from 'vitest';

import { crc64, formatCrc64 } from '../../../../nodes/shared/oss/crc64';

async function* chunksOf(...chunks: Uint8Array[]) {
	yield* chunks;
}

const decimal = async (...chunks: Uint8Array[]) => formatCrc64(await crc64(chunksOf(...chunks)));

describe('the CRC-64', () => {
	it('has the check value of CRC-64/XZ', async () => {
		const check = BigInt('0x995DC9BBDF1939FA').toString();
		expect(await decimal(Buffer.from('123456789'))).toBe(check);
		expect(await decimal(Buffer.from('1234'), Buffer.from(''), Buffer.from('56789'))).toBe(check);
	});

	it('of nothing is 0', async () => {
		expect(await decimal()).toBe('0');
	});

	it('is that of another implementation, however the bytes are cut', async () => {
		const reference = await createCRC64();
		const chunks = fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 6 });
		await fc.assert(
			fc.asyncProperty(chunks, async (given) => {
				const hex = reference.init().update(Buffer.concat(given)).digest('hex');
				expect(await decimal(...given)).toBe(BigInt(`0x${hex}`).toString());
			}),
		);
	});

	it('is written as an unsigned decimal', () => {
		expect(formatCrc64({ high: 0xffffffff, low: 0xffffffff })).toBe('18446744073709551615');
		expect(formatCrc64({ high: 0, low: 1 })).toBe('1');
	});
});
