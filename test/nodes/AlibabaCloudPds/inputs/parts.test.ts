import { describe, expect, it } from 'vitest';

import { partsParameter } from '../../../../nodes/AlibabaCloudPds/inputs/parts';
import { factsOf } from '../../support/thrown';

const h = [1, 2, 3, 4, 0xffffffff];
const sha256 = { h: [1, 2, 3, 4, 5, 6, 7, 8], part_offset: 128 };

describe('the parts to get addresses for', () => {
	it.each([
		['the fields of the node', { part: [{ partNumber: 1, contentMd5: '', contentType: '' }] }],
		['the array of the official page', [{ part_number: 1 }]],
		['its JSON', '[{"part_number":1}]'],
		['the body of a request', { part_info_list: [{ part_number: '1' }] }],
	])('may be given as %s', (_, given) => {
		expect(partsParameter.read(given)).toEqual([{ part_number: 1 }]);
	});

	it('carry their hash states, as object or as JSON', () => {
		const state = { h, part_offset: 64 };
		const given = [
			{ part_number: 1, parallel_sha1_ctx: { h: [], part_offset: 0 } },
			{ part_number: 2, parallel_sha1_ctx: JSON.stringify(state), parallel_sha256_ctx: sha256 },
		];
		expect(partsParameter.read(given)).toEqual([
			{ part_number: 1, parallel_sha1_ctx: { h: [], part_offset: 0 } },
			{ part_number: 2, parallel_sha1_ctx: state, parallel_sha256_ctx: sha256 },
		]);
	});

	it.each([
		[[], 'No part is given'],
		['', 'No part is given'],
		['no JSON', 'The text in "Part Info List" is not JSON'],
		[' ', 'No part is given'],
		[[{ part_number: 0 }], '"0" is not a part number'],
		[[{ part_number: 10_001 }], '"10001" is not a part number'],
		[[{ part_number: 1.5 }], '"1.5" is not a part number'],
		[[{}], '"undefined" is not a part number'],
		[[null], '"undefined" is not a part number'],
		[[{ part_number: 2 }, { part_number: 2 }], 'Part 2 is given twice'],
	])('are refused: %j', (given, title) => {
		expect(factsOf(() => partsParameter.read(given))).toMatchObject({ title, badInput: true });
	});

	it.each([
		['parallel_sha1_ctx', { h, part_offset: 65 }, '"part_offset" is not a multiple of 64'],
		['parallel_sha1_ctx', { h, part_offset: -64 }, '"part_offset" is not a multiple of 64'],
		['parallel_sha1_ctx', { h }, '"part_offset" is not a multiple of 64'],
		['parallel_sha1_ctx', { h: [0.5, 1, 2, 3, 4], part_offset: 64 }, '0.5 in "h" is not an'],
		['parallel_sha1_ctx', { h: ['1', 1, 2, 3, 4], part_offset: 64 }, '1 in "h" is not an'],
		['parallel_sha1_ctx', { h: [], part_offset: 64 }, '"h" has 0 numbers'],
		['parallel_sha256_ctx', { h, part_offset: 64 }, '"h" has 5 numbers'],
		['parallel_sha1_ctx', 'text', 'it is not JSON'],
		['parallel_sha1_ctx', '{}', '"h" is not a list of numbers'],
	])('are refused with the %s %j', (name, state, why) => {
		const given = [{ part_number: 3, [name]: state }];
		const { title } = factsOf(() => partsParameter.read(given));
		expect(title).toContain('of part 3 is not valid');
		expect(title).toContain(why);
	});
});
