import { describe, expect, it } from 'vitest';

import {
	compareChecksums,
	compareETags,
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
		yield BYTES.subarray(0, 4);
		yield BYTES.subarray(4);
	};
	return { verdict: await compareChecksums(CRC, stored, reopen), opened };
}

describe('the checksums', () => {
	it.each<[string, StoredChecksums, string, number]>([
		['equal by both', { eTag: `"${MD5}"`, crc64: CRC }, 'equal', 0],
		['equal by the CRC alone', { crc64: CRC }, 'equal', 0],
		['equal by the CRC when the ETag is no MD5', { eTag: '"A-2"', crc64: CRC }, 'equal', 0],
		['equal by the CRC when the ETag is another', { eTag: OTHER_MD5, crc64: CRC }, 'equal', 0],
		['equal by the CRC in quotes', { crc64: `"${CRC}"` }, 'equal', 0],
		['equal by the CRC twice', { crc64: `${CRC}, ${CRC}` }, 'equal', 0],
		['different by both', { eTag: OTHER_MD5, crc64: '1' }, 'different', 0],
		['different by the CRC, whatever the ETag', { eTag: `"${MD5}"`, crc64: '1' }, 'different', 0],
		['different by one of two CRCs', { eTag: `"${MD5}"`, crc64: `${CRC},1` }, 'different', 0],
		['different by the ETag alone', { eTag: `"${OTHER_MD5}"` }, 'different', 1],
		['different by one of two ETags', { eTag: `"${MD5}", "${OTHER_MD5}"` }, 'different', 1],
		['equal by the ETag alone, with another read', { eTag: `"${MD5}"` }, 'equal', 1],
		['equal by a weak ETag in lower case', { eTag: `W/"${MD5.toLowerCase()}"` }, 'equal', 1],
		['equal by the ETag when the CRC is none', { eTag: MD5, crc64: 'n/a' }, 'equal', 1],
		['different by the ETag when the CRC is none', { eTag: OTHER_MD5, crc64: '' }, 'different', 1],
		['unknown when the ETag is no MD5', { eTag: '"A-2"' }, 'unknown', 0],
		['unknown without any', {}, 'unknown', 0],
	])('are %s', async (_, stored, expected, opened) => {
		expect(await verdict(stored)).toEqual({ verdict: expected, opened });
	});
});

describe('two ETags', () => {
	it.each([
		['equal', `"${MD5}"`, MD5],
		['equal as proxies write them', `W/"${MD5.toLowerCase()}"`, `"${MD5}", "${MD5}"`],
		['different', MD5, `"${OTHER_MD5}"`],
		['unknown when the first is no MD5', 'W/"5f-17"', `"${MD5}"`],
		['unknown when the other is no MD5', `"${MD5}"`, '"A-2"'],
		['unknown when one is missing', undefined, MD5],
	])('are %s', (expected, one, other) => {
		expect(compareETags(one, other)).toBe(expected.split(' ')[0]);
	});
});
