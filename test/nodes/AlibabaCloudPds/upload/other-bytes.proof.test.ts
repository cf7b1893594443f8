import { describe, expect, it } from 'vitest';

import type { PdsCall, PdsFault } from '../../../services/pds';
import { withoutWaits } from '../../support/haste';
import { bytes, MIB, usePdsRig } from '../support/rig';

const rig = usePdsRig({ service: { checkSize: false, checkParts: false } });
const content = bytes(3.5 * MIB);
const CRC = 'x-oss-hash-crc64ecma';

type Headers = Record<string, string>;

const MODES = { 'in order': 1, 'in any order': 3 };

/** The bytes of a part, of 1 MiB, from its number on. */
const part = (number: number, count = 1) =>
	content.subarray((number - 1) * MIB, (number - 1 + count) * MIB);

function withByte(at: number): Buffer {
	const copy = Buffer.from(part(2));
	copy[at] ^= 1;
	return copy;
}

/** What is stored in place of the second of four parts. */
const STORED: Record<string, Buffer> = {
	'another first byte': withByte(0),
	'another byte in the middle': withByte(MIB / 2),
	'another last byte': withByte(MIB - 1),
	'the part before it once more': part(1),
	'the part after it': part(3),
	'half of it and the half before': content.subarray(MIB / 2, 1.5 * MIB),
	'itself twice': Buffer.concat([part(2), part(2)]),
	'not all of it': part(2).subarray(0, MIB / 2),
	'its halves in the other order': Buffer.concat([
		part(2).subarray(MIB / 2),
		part(2).subarray(0, MIB / 2),
	]),
};

/** What is left of the checksums in the answer. */
const TOLD: Record<string, (headers: Headers) => Headers> = {
	'both checksums': (headers) => headers,
	'the CRC-64 alone': ({ [CRC]: crc64 }) => ({ [CRC]: crc64 }),
	'the CRC-64 beside an ETag of parts': (headers) => ({ ...headers, ETag: '"0F0F-1"' }),
	'the ETag alone': ({ ETag }) => ({ ETag }),
	'the list of the parts': () => ({}),
};

const CASES = Object.entries(MODES).flatMap(([order, maxConcurrency]) =>
	Object.entries(STORED).flatMap(([what, stored]) =>
		Object.entries(TOLD).map(([told, change]) => ({
			...{ order, what, told },
			...{ maxConcurrency, stored, change },
		})),
	),
);

describe('a part in whose place other bytes are stored', () => {
	it.each(CASES)(
		'is never completed: $what, found by $told, $order',
		async ({ maxConcurrency, stored, change }) => {
			const isSecond = ({ query }: PdsCall) => query.partNumber === '2';
			const fault: PdsFault = { kind: 'otherBytes', bytes: stored, change };
			rig.service.fail({ call: 'partPut', when: isSecond, fault });
			const options = { partSize: 1, maxConcurrency };
			const run = await withoutWaits(async () => await rig.upload(content, options));
			expect(run.error).toBeUndefined();
			expect(rig.service.files()).toHaveLength(1);
			expect(rig.service.files()[0].bytes?.equals(content)).toBe(true);
			expect(rig.service.callsOf('completeFile')).toHaveLength(1);
		},
	);
});
