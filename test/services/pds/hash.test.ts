import { createHash } from 'node:crypto';
import { createCRC64 } from 'hash-wasm';
import { describe, expect, it } from 'vitest';
import { combineCrc64 } from './hash/crc64';
import { StateHash, type StateHashName } from './hash/hash-state';
import { noise } from './test-client';

const START = { h: [], part_offset: 0 };

async function crc64(bytes: Buffer): Promise<string> {
	const hash = await createCRC64();
	return BigInt(`0x${hash.init().update(bytes).digest('hex')}`).toString();
}

describe('the state of a hash', () => {
	const text = Buffer.from(Array.from({ length: 100 }, (_none, i) => `test-${i}`).join('\n'));

	// From the official JS SDK's own tests.
	it.each<[StateHashName, number[]]>([
		['sha1', [2781477636, 2167910136, 4107292220, 1153442652, 2872263382]],
		[
			'sha256',
			[
				2156254178, 2271146846, 3285757422, 4079239336, 3289954368, 3496897604, 1490423711,
				2468994605,
			],
		],
	])('%s is the one of the official vector', async (name, h) => {
		expect(text).toHaveLength(789);
		const hash = await StateHash.begin(name, START);
		hash.update(text.subarray(0, 768));
		expect(hash.context()).toEqual({ h, part_offset: 768 });
		const resumed = await StateHash.begin(name, { h, part_offset: 768 });
		resumed.update(text.subarray(768));
		expect(resumed.digest()).toBe(createHash(name).update(text).digest('hex'));
	});

	it.each<[StateHashName]>([['sha1'], ['sha256']])(
		'%s goes on to the digest node:crypto has, from any block',
		async (name) => {
			const bytes = noise(20_000);
			const wanted = createHash(name).update(bytes).digest('hex');
			for (const offset of [0, 64, 128, 6400, 19_968]) {
				const first = await StateHash.begin(name, START);
				first.update(bytes.subarray(0, offset));
				const second = await StateHash.begin(name, first.context() ?? START);
				second.update(bytes.subarray(offset));
				expect(second.digest()).toBe(wanted);
			}
		},
	);

	it('counts beyond 512 MiB, where SHA-1 has more bits than one word', async () => {
		const offset = 2 ** 29 + 64;
		const h = [1, 2, 3, 4, 0xffffffff];
		const hash = await StateHash.begin('sha1', { h, part_offset: offset });
		expect(hash.context()).toEqual({ h, part_offset: offset });
	});

	it('is none between the ends of blocks', async () => {
		const hash = await StateHash.begin('sha1', START);
		expect(hash.context()).toEqual(START);
		hash.update(Buffer.alloc(65));
		expect(hash.context()).toBeUndefined();
	});
});

describe('the CRC of two runs of bytes', () => {
	it('is that of both together', async () => {
		expect(await crc64(Buffer.from('123456789'))).toBe(BigInt('0x995DC9BBDF1939FA').toString());
		const bytes = noise(10_001);
		for (const at of [0, 1, 64, 5000, 10_001]) {
			const tail = bytes.subarray(at);
			const parts = [await crc64(bytes.subarray(0, at)), await crc64(tail)] as const;
			expect(combineCrc64(...parts, tail.length)).toBe(await crc64(bytes));
		}
	});
});
