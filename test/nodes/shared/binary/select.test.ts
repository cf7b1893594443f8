import fc from 'fast-check';
import type { IBinaryData } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';

import type { Candidate } from '../../../../nodes/shared/binary/candidate';
import { choose } from '../../../../nodes/shared/binary/select';
import { character, hostileJson, hostileText } from '../../support/hostile';
import { runs } from '../../support/runs';
import { factsOf } from '../../support/thrown';

const binary = (fileName?: string): IBinaryData => ({
	mimeType: 'text/plain',
	data: 'eA==',
	fileName,
});
const file = (field: string, fileName?: string): Candidate => ({ field, binary: binary(fileName) });
const files = (...fields: string[]) => fields.map((field) => file(field));
const fieldsOf = (chosen: Candidate[]) => chosen.map(({ field }) => field);
const mail = [
	file('attachment_0', 'report.pdf'),
	file('attachment_1', 'image001.png'),
	file('attachment_2', 'data.csv'),
	file('raw', 'mail.eml'),
];

describe('choose', () => {
	it.each<[string, unknown, string[]]>([
		['a single field', 'raw', ['raw']],
		['a list, in the order of the list', 'raw, attachment_0', ['raw', 'attachment_0']],
		['empty entries in a list', ' ,raw,, attachment_0 , ', ['raw', 'attachment_0']],
		['a field named twice, once', 'raw,raw,r*', ['raw']],
		['a wildcard', 'attachment_*', ['attachment_0', 'attachment_1', 'attachment_2']],
		['a wildcard inside', 'a*_1', ['attachment_1']],
		['everything', '*', ['attachment_0', 'attachment_1', 'attachment_2', 'raw']],
		['all but a field', '*, !raw', ['attachment_0', 'attachment_1', 'attachment_2']],
		['all but a file name', '*, !image*', ['attachment_0', 'attachment_2', 'raw']],
		['all but a field when only that is said', '!raw, !*.png', ['attachment_0', 'attachment_2']],
		[
			'spaces after the exclamation mark',
			'*, ! raw',
			['attachment_0', 'attachment_1', 'attachment_2'],
		],
		['a name and a wildcard', 'raw, *_2', ['raw', 'attachment_2']],
		['an array of names', ['attachment_2', 'attachment_0'], ['attachment_2', 'attachment_0']],
		['an array with a pattern', ['*', '!raw', '!*.png'], ['attachment_0', 'attachment_2']],
		['an array that names a field twice, once', ['raw', 'raw'], ['raw']],
	])('takes %s', (_, value, expected) => {
		expect(fieldsOf(choose(value, mail))).toEqual(expected);
	});

	it('takes a binary object, and an array of them', () => {
		const given = binary('own.txt');
		expect(choose(given, mail)).toEqual([{ field: 'own.txt', binary: given }]);
		const stored = { mimeType: 'a/b', data: 'filesystem-v2', id: 'filesystem-v2:x' } as IBinaryData;
		expect(choose([given, stored], [])).toEqual([
			{ field: 'own.txt', binary: given },
			{ field: 'expression', binary: stored },
		]);
	});

	it('takes numbers for names, as a field of an item may be one', () => {
		expect(fieldsOf(choose([1, 0], files('0', '1')))).toEqual(['1', '0']);
	});

	it('takes a file once that is given as an object, as another one and by name', () => {
		const [first] = mail;
		const same = { ...first.binary };
		expect(choose([first.binary, same, 'attachment_0'], mail)).toEqual([first]);
		const stored = { mimeType: 'a/b', data: 's3', id: 's3:x' };
		expect(choose([stored, { ...stored }], [])).toHaveLength(1);
	});

	it('takes both of two fields that hold the same', () => {
		const [one, two] = [file('one', 'same.txt'), file('two', 'same.txt')];
		expect(choose([one.binary, two.binary], [one, two])).toEqual([one, two]);
	});

	it('finds a file inside JSON by its path and by the last key of it', () => {
		const nested = [
			{ ...file('_files.data'), alias: 'data' },
			{ ...file('mail._files.photo'), alias: 'photo' },
		];
		expect(fieldsOf(choose('data', nested))).toEqual(['_files.data']);
		expect(fieldsOf(choose('mail._files.photo', nested))).toEqual(['mail._files.photo']);
		expect(fieldsOf(choose('photo', nested))).toEqual(['mail._files.photo']);
		expect(fieldsOf(choose('mail.*', nested))).toEqual(['mail._files.photo']);
		expect(fieldsOf(choose('!photo', nested))).toEqual(['_files.data']);
	});

	it('takes and leaves out the field of exactly this name alone', () => {
		expect(fieldsOf(choose('data', files('data', 'old.data')))).toEqual(['data']);
		expect(fieldsOf(choose('!data', files('data', 'old.data', 'data.2')))).toEqual([
			'old.data',
			'data.2',
		]);
	});

	it.each<[unknown, RegExp, RegExp]>([
		['nope', /no binary field "nope"/, /attachment_0, attachment_1/],
		['raw, nope', /no binary field "nope"/, /attachment_0/],
		['nope*', /no binary field "nope\*"/, /attachment_0/],
		['*, !*', /no binary field "\*, !\*"/, /attachment_0/],
		['', /No input binary field is given/, /attachment_\*/],
		[' , ', /No input binary field is given/, /attachment_\*/],
		[undefined, /No input binary field is given/, /attachment_\*/],
		[{ id: '1', mimeType: 'a/b' }, /an object that is not a file/, /name of a binary field/],
		[[{ name: 'x' }, 'raw'], /an object that is not a file/, /name of a binary field/],
		[[null, 'raw'], /an element that is not a name: null/, /may be empty for this item/],
		[['raw', true], /an element that is not a name: true/, /names of the fields/],
	])('says what is there when %j finds nothing', (value, title, advice) => {
		const facts = factsOf(() => choose(value, mail));
		expect(facts.title).toMatch(title);
		expect(facts.description).toMatch(advice);
		expect(facts.badInput).toBe(true);
	});

	it('says so when the item carries no file at all', () => {
		expect(factsOf(() => choose('data', [])).description).toMatch(/no binary data at all/);
	});

	const plainName = fc
		.string({ unit: character(), minLength: 1 })
		.map((name) => name.trim())
		.filter((name) => name !== '' && !/[,*.]/.test(name) && !name.startsWith('!'));

	it('finds a field by any name that is no pattern', () => {
		const names = fc.uniqueArray(plainName, { minLength: 1, maxLength: 8 });
		fc.assert(
			fc.property(names, fc.nat(), (all, pick) => {
				const wanted = all[pick % all.length];
				expect(fieldsOf(choose(wanted, files(...all)))).toEqual([wanted]);
				expect(fieldsOf(choose(`*,!${wanted},${wanted}`, files(...all, '~')))).toEqual(
					[...all, '~'].filter((name) => name !== wanted),
				);
			}),
		);
	});

	it('finds fields of any name, or says that there is none', () => {
		const value = fc.oneof(hostileText(), hostileJson(), fc.array(hostileText()));
		const names = fc.uniqueArray(hostileText(), { maxLength: 4 });
		fc.assert(
			fc.property(value, names, names, (given, fields, fileNames) => {
				const all = fields.map((field, index) => file(field, fileNames[index]));
				const names = Array.isArray(given) ? given : [];
				let chosen: Candidate[];
				try {
					chosen = choose(given, all);
				} catch {
					const { badInput, title, description } = factsOf(() => choose(given, all));
					expect(badInput).toBe(true);
					expect(title).toMatch(/binary field|not a file|several files/);
					expect(description).toMatch(/\S/);
					return;
				}
				const isFileOfItem = (each: Candidate) => all.includes(each);
				expect(chosen.length).toBeGreaterThan(0);
				expect(new Set(chosen).size).toBe(chosen.length);
				expect(chosen.every(isFileOfItem)).toBe(true);
				// A name that is one of the item's is never taken for a pattern that finds others.
				const [only] = names as unknown[];
				if (names.length === 1 && fields.includes(only as string) && only === String(only).trim()) {
					if (!String(only).startsWith('!')) expect(fieldsOf(chosen)).toEqual([only]);
				}
			}),
			runs(1_000),
		);
	});

	it('understands * as any text, also with the special signs of regular expressions', () => {
		const text = fc.string({
			unit: fc.constantFrom('a', 'b', '(', '[', '\\', '+', '$', '^', '|', '?'),
		});
		const piece = fc.tuple(text, text);
		fc.assert(
			fc.property(
				text,
				fc.array(piece, { minLength: 1, maxLength: 3 }),
				text,
				(first, more, other) => {
					const pieces = [first, ...more.map(([, fixed]) => fixed)];
					const matching = first + more.flat().join('');
					const names = [...new Set([matching, other, 'other'])].filter(Boolean);
					const expected = names.filter((name) => globMatches(pieces, name));
					fc.pre(matching !== '');
					expect(expected).toContain(matching);
					expect(fieldsOf(choose(pieces.join('*'), files(...names)))).toEqual(expected);
				},
			),
		);
	});
});

/** The same by search instead of by regular expression. */
function globMatches([first, ...rest]: string[], name: string): boolean {
	if (rest.length === 0) return name === first;
	if (!name.startsWith(first)) return false;
	let left = name.slice(first.length);
	for (const piece of rest.slice(0, -1)) {
		const at = left.indexOf(piece);
		if (at < 0) return false;
		left = left.slice(at + piece.length);
	}
	return left.endsWith(rest[rest.length - 1]);
}
