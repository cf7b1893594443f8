import { describe, expect, it } from 'vitest';

import { fileNameOf } from '../../../../nodes/AlibabaCloudPds/inputs/file-name';
import { factsOf } from '../../support/thrown';

const file = {} as Parameters<typeof fileNameOf>[0];

describe('a file name for PDS', () => {
	it.each(['a', '.env', '...', 'a*b|"c".txt', '年度 报告.docx', 'x'.repeat(1024)])(
		'is taken as it is: %s',
		(name) => {
			expect(fileNameOf(file, name)).toBe(name);
		},
	);

	it.each([
		['a/b', /a slash/],
		['.', /stands for a folder/],
		['..', /stands for a folder/],
		['a\r\nX', /a control character/],
		['a\0b', /a control character/],
		['a\ud83c', /half a character/],
		['报'.repeat(342), /1026 bytes, more than 1024/],
	])('is refused with the reason: %j', (name, why) => {
		const facts = factsOf(() => fileNameOf(file, name));
		expect(facts.title).toMatch(why);
		expect(facts.title).not.toMatch(/\p{Cc}/u);
		expect(facts.description).toContain('File Name');
		expect(facts.badInput).toBe(true);
	});
});
