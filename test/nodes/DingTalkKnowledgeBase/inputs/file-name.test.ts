import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { fileNameOf } from '../../../../nodes/AlibabaCloudPds/inputs/file-name';
import { checkFileName } from '../../../../nodes/DingTalkKnowledgeBase/inputs/file-name';
import { readFolderPath } from '../../../../nodes/DingTalkKnowledgeBase/inputs/folder-path';
import { storedName } from '../../../../nodes/DingTalkKnowledgeBase/inputs/stored-name';
import { storedName as asTheServiceStoresIt } from '../../../services/dingtalk/names';
import { character, hostileJson, hostileText } from '../../support/hostile';
import { runs } from '../../support/runs';
import { factsOf } from '../../support/thrown';

const sign = fc.constantFrom(...'ab .\t\n*"<>|/\\报🎉', '\u3000', '\u00a0');
const anyName = fc.oneof(
	fc.string({ unit: character() }),
	hostileText(),
	fc.string({ unit: sign }),
);

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
		['a\0b', /a control character/],
		['a\x1bb', /a control character/],
		['a\x7fb', /a control character/],
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
		['🎉'.repeat(128), /longer than 255/],
		['a\ud83c.txt', /half a character/],
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

	it('is either refused with a reason, or stored by the service under exactly this name', () => {
		fc.assert(
			fc.property(anyName, (given) => {
				let name: string;
				try {
					name = checkFileName(given);
				} catch {
					const { badInput, title, description } = factsOf(() => checkFileName(given));
					expect(badInput).toBe(true);
					expect(title).toMatch(/is not allowed: it |has no name/);
					expect(title.length + String(description).length).toBeLessThan(500);
					return;
				}
				expect(given.trim()).toBe(name);
				// As it comes out of the service's UTF-8.
				expect(Buffer.from(name).toString()).toBe(name);
				expect(asTheServiceStoresIt(name)).toBe(name);
				expect(checkFileName(name)).toBe(name);
			}),
			runs(1_000),
		);
	});
});

describe('a folder path', () => {
	it('is either refused with a reason, or names folders that the service can make', () => {
		const path = fc.array(hostileText(), { maxLength: 4 }).map((names) => names.join('/'));
		fc.assert(
			fc.property(fc.oneof(path, hostileJson()), (given) => {
				let names: string[];
				try {
					names = readFolderPath(given);
				} catch {
					const { badInput, title } = factsOf(() => readFolderPath(given));
					expect(badInput).toBe(true);
					expect(title).toMatch(/Folder Path|folder path|folder name/);
					return;
				}
				for (const name of names) {
					expect(name).not.toMatch(/[/\\]|^\.*$/);
					expect(asTheServiceStoresIt(name)).toBe(name);
				}
			}),
			runs(500),
		);
	});
});

describe('the name of a file in PDS', () => {
	it('is either refused with a reason, or fits the rules of the service', () => {
		const open = async function* () {};
		fc.assert(
			fc.property(anyName, (given) => {
				const source = { itemIndex: 0, field: 'data', mimeType: 'a/b', size: 0, open };
				let name: string;
				try {
					name = fileNameOf(source, given);
				} catch {
					expect(factsOf(() => fileNameOf(source, given)).badInput).toBe(true);
					return;
				}
				expect(name).toBe(given.trim() || 'data');
				expect(name).not.toContain('/');
				expect(Buffer.from(name).toString()).toBe(name);
				expect(Buffer.byteLength(name)).toBeLessThanOrEqual(1024);
			}),
			runs(500),
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
