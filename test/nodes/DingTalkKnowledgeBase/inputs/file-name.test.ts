import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { checkFileName } from '../../../../nodes/DingTalkKnowledgeBase/inputs/file-name';
import { storedName } from '../../../../nodes/DingTalkKnowledgeBase/inputs/stored-name';
import { storedName as asTheServiceStoresIt } from '../../../local-dingtalk/names';
import { factsOf } from '../../support/thrown';

describe('a file name', () => {
	it.each(['a', 'r.pdf', '年度 报告.docx', 'x 🎉.png', '.env', 'a.b.c', 'x'.repeat(255)])(
		'is taken as it is: %s',
		(name) => {
			expect(checkFileName(name)).toBe(name);
		},
	);

	it('loses the spaces around it', () => {
		expect(checkFileName('  a b.txt \n')).toBe('a b.txt');
	});

	it.each([
		['a\tb', /a tab/],
		['a\nb', /a line break/],
		['a\rb', /a line break/],
		['a*b', /"\*"/],
		['a"b', /double quote/],
		['a<b', /"<"/],
		['a>b', /">"/],
		['a|b', /"\|"/],
		['a/b', /a slash/],
		['a\\b', /a backslash/],
		['a.', /full stop/],
		['..', /full stop/],
		['x'.repeat(256), /longer than 255/],
		['', /has no name/],
		[' \t ', /has no name/],
	])('is refused with the reason: %j', (name, why) => {
		const facts = factsOf(() => checkFileName(name));
		expect(facts.title).toMatch(why);
		expect(facts.description).toContain('File Name');
		expect(facts.badInput).toBe(true);
	});

	it('is shortened in the error when it is long', () => {
		expect(factsOf(() => checkFileName(`${'x'.repeat(300)}|`)).title.length).toBeLessThan(160);
	});

	const sign = fc.constantFrom(...'ab .\t\n*"<>|/\\报🎉', '\u3000', '\u00a0');
	const anyName = fc.oneof(
		fc.string({ unit: 'grapheme' }),
		fc.string({ unit: 'binary' }),
		fc.string({ unit: sign }),
	);

	it('is either refused with a reason, or stored by the service under exactly this name', () => {
		fc.assert(
			fc.property(anyName, (given) => {
				let name: string;
				try {
					name = checkFileName(given);
				} catch {
					expect(factsOf(() => checkFileName(given)).badInput).toBe(true);
					return;
				}
				expect(asTheServiceStoresIt(name)).toBe(name);
				expect(checkFileName(name)).toBe(name);
			}),
			{ numRuns: 500 },
		);
	});
});

describe('the name a file is stored under', () => {
	it.each([
		['given.txt', 'own.txt', 'given.txt'],
		['  ', 'own.txt', 'own.txt'],
		[undefined, 'own.txt', 'own.txt'],
		[undefined, undefined, 'field'],
		[undefined, ' ', 'field'],
	])('given %j, its own %j, is %s', (given, fileName, expected) => {
		const source = { itemIndex: 0, field: 'field', fileName, mimeType: 'a/b', size: 0 };
		const open = async function* () {};
		expect(storedName({ ...source, open }, given)).toBe(expected);
	});
});
