import { describe, expect, it } from 'vitest';

import { partCount, partSizeFor } from '../../../../nodes/AlibabaCloudPds/upload/plan';
import { factsOf } from '../../support/thrown';

const MIB = 2 ** 20;
const GIB = 2 ** 30;

describe('the part size', () => {
	it.each([
		[0, 8],
		[1, 8],
		[70 * GIB, 8],
		[71 * GIB, 9],
		[1024 * GIB, 117],
		[40 * 1024 * GIB, 4661],
	])('of %d bytes is chosen as %d MiB', (size, expected) => {
		expect(partSizeFor(size)).toBe(expected * MIB);
		expect(partCount(size, partSizeFor(size))).toBeLessThanOrEqual(9000);
	});

	it('of the largest file that the storage takes leads to 10,000 parts', () => {
		const size = 5 * GIB * 10_000;
		expect(partCount(size, partSizeFor(size))).toBe(10_000);
		expect(factsOf(() => partSizeFor(size + 1)).title).toMatch(/larger than the storage accepts/);
	});

	it('is as wanted, in whole blocks of the hash', () => {
		expect(partSizeFor(10 * MIB, 2)).toBe(2 * MIB);
		expect(partSizeFor(10 * MIB, 0.3) % 64).toBe(0);
	});

	it.each([0.05, 5121, NaN])('of %d MiB is refused', (wanted) => {
		expect(factsOf(() => partSizeFor(1, wanted)).title).toMatch(/is not possible/);
	});

	it('is refused when it makes more than 10,000 parts, with the least that does not', () => {
		const { title, description } = factsOf(() => partSizeFor(20 * GIB, 1));
		expect(title).toBe('With parts of 1 MiB, the file has more than 10000 parts');
		expect(description).toContain('at least 3');
		expect(partSizeFor(10_000 * MIB, 1)).toBe(MIB);
	});

	it('counts one part for an empty file', () => {
		expect(partCount(0, MIB)).toBe(1);
		expect(partCount(MIB, MIB)).toBe(1);
		expect(partCount(MIB + 1, MIB)).toBe(2);
	});
});
