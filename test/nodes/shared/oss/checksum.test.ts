import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';

import {
	compareChecksums,
	Md5Meter,
	type StoredChecksums,
} from '../../../../nodes/shared/oss/checksum';

const BYTES = Buffer.from('123456789');
const MD5 = '25F9E794323B453885F5181F1B624D0B';
const CRC = BigInt('0x995DC9BBDF1939FA').toString();
const OTHER_MD5 = '0'.repeat(32);

async function verdict(stored: StoredChecksums) {
	let opened = 0;
	const reopen = async function* () {
		opened++;
		yield BYTES;
	};
	return { verdict: await compareChecksums(MD5, stored, reopen), opened };
}

describe('the checksums', () => {
	it.each<[string, StoredChecksums, string, number]>([
		['equal by the ETag, without reading again', { eTag: `"${MD5}"`, crc64: '1' }, 'equal', 0],
		['equal by the ETag in lower case', { eTag: MD5.toLowerCase() }, 'equal', 0],
		['equal by the CRC when the ETag is no MD5', { eTag: '"A-2"', crc64: CRC }, 'equal', 1],
		['equal by the CRC when the ETag is another', { eTag: OTHER_MD5, crc64: CRC }, 'equal', 1],
		['equal by the CRC alone', { crc64: CRC }, 'equal', 1],
		['different by both', { eTag: OTHER_MD5, crc64: '1' }, 'different', 1],
		['different by the ETag alone', { eTag: `"${OTHER_MD5}"` }, 'different', 0],
		['unknown when the ETag is no MD5', { eTag: '"A-2"' }, 'unknown', 0],
		['unknown without any', {}, 'unknown', 0],
	])('are %s', async (_, stored, expected, opened) => {
		expect(await verdict(stored)).toEqual({ verdict: expected, opened });
	});
});

describe('the MD5 meter', () => {
	it('gives upper-case hex, as often as asked', () => {
		const meter = new Md5Meter();
		meter.update(BYTES.subarray(0, 4));
		meter.update(BYTES.subarray(4));
		expect([meter.hex, meter.hex]).toEqual([MD5, MD5]);
		expect(new Md5Meter().hex).toBe(createHash('md5').digest('hex').toUpperCase());
	});
});
