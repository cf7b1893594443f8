import { check, property, uint8Array, nat } from 'fast-check';
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';

import { Sha1State } from '../../../../nodes/AlibabaCloudPds/upload/sha1-state';

const text = Array.from({ length: 100 }, (_, index) => `test-${index}`).join('\n');

async function stateAfter(bytes: Uint8Array) {
	const sha1 = await Sha1State.create();
	sha1.update(bytes);
	return sha1;
}

/** SHA-1 continued in plain JavaScript from a state: one block, by the standard. */
function nextBlock(h: number[], block: Uint8Array): number[] {
	const view = new DataView(block.buffer, block.byteOffset, 64);
	const w = Array.from({ length: 16 }, (_, index) => view.getUint32(index * 4));
	const rotate = (value: number, by: number) => (value << by) | (value >>> (32 - by));
	for (let i = 16; i < 80; i++) w[i] = rotate(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
	let [a, b, c, d, e] = h;
	for (let i = 0; i < 80; i++) {
		const round = Math.floor(i / 20);
		const f = [(b & c) | (~b & d), b ^ c ^ d, (b & c) | (b & d) | (c & d), b ^ c ^ d][round];
		const k = [0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6][round];
		const next = (rotate(a, 5) + f + e + k + w[i]) | 0;
		[e, d, c, b, a] = [d, c, rotate(b, 30), a, next];
	}
	return [a, b, c, d, e].map((word, index) => (word + h[index]) >>> 0);
}

/** The digest by Node.js' own means: the state is right when the padding leads to it. */
function digestFrom({ h, part_offset: offset }: { h: number[]; part_offset: number }): string {
	const padding = Buffer.alloc(64);
	padding[0] = 0x80;
	padding.writeBigUInt64BE(BigInt(offset) * 8n, 56);
	const words = nextBlock(h, padding);
	return words.map((word) => word.toString(16).padStart(8, '0')).join('');
}

describe('the state of SHA-1', () => {
	it("is the one of the vendor's test: 789 bytes of text, at 768", async () => {
		const bytes = Buffer.from(text);
		expect(bytes).toHaveLength(789);
		const sha1 = await stateAfter(bytes.subarray(0, 768));
		expect(sha1.state).toEqual({
			h: [2781477636, 2167910136, 4107292220, 1153442652, 2872263382],
			part_offset: 768,
		});
		sha1.update(bytes.subarray(768));
		expect(sha1.digest()).toBe(createHash('sha1').update(text).digest('hex').toUpperCase());
	});

	it('has no words before the first byte, as the service wants it', async () => {
		expect((await Sha1State.create()).state).toEqual({ h: [], part_offset: 0 });
	});

	it('is refused in the middle of a block', async () => {
		const sha1 = await stateAfter(new Uint8Array(65));
		expect(() => sha1.state).toThrow(/65 bytes/);
	});

	it('consists of unsigned 32-bit numbers', async () => {
		for (let blocks = 1; blocks < 40; blocks++) {
			const { h } = (await stateAfter(new Uint8Array(64 * blocks).fill(blocks))).state;
			expect(h).toHaveLength(5);
			expect(h.every((word) => Number.isInteger(word) && word >= 0 && word < 2 ** 32)).toBe(true);
		}
	});

	it('leads to the digest that Node.js computes, for any bytes cut anywhere', async () => {
		const hasher = await Promise.all(Array.from({ length: 300 }, () => Sha1State.create()));
		let next = 0;
		const result = check(
			property(uint8Array({ minLength: 64, maxLength: 4096 }), nat(), (bytes, cut) => {
				const whole = bytes.subarray(0, bytes.length - (bytes.length % 64));
				const sha1 = hasher[next++];
				const at = cut % whole.length;
				sha1.update(whole.subarray(0, at));
				sha1.update(whole.subarray(at));
				const node = createHash('sha1').update(whole).digest('hex');
				return digestFrom(sha1.state) === node && sha1.digest() === node.toUpperCase();
			}),
			{ numRuns: 200, endOnFailure: true },
		);
		expect(result.failed, JSON.stringify(result.counterexample)).toBe(false);
	});

	it('is kept apart from that of other files', async () => {
		const [one, other] = [await Sha1State.create(), await Sha1State.create()];
		for (let round = 0; round < 4; round++) {
			one.update(new Uint8Array(64).fill(1));
			other.update(new Uint8Array(64).fill(2));
		}
		expect(one.state).toEqual((await stateAfter(new Uint8Array(256).fill(1))).state);
		expect(other.state).toEqual((await stateAfter(new Uint8Array(256).fill(2))).state);
	});
});
