import { describe, expect, it } from 'vitest';

import { readCommitOptions } from '../../../../nodes/DingTalkKnowledgeBase/inputs/commit-options';
import { readInfoOptions } from '../../../../nodes/DingTalkKnowledgeBase/inputs/info-options';
import { size } from '../../../../nodes/DingTalkKnowledgeBase/inputs/size';
import { timeoutOption } from '../../../../nodes/shared/descriptions/files';
import { factsOf } from '../../support/thrown';

const properties = (...names: string[]) => ({
	property: names.map((name) => ({ name, value: 'v', visibility: 'PRIVATE' })),
});

describe('the options of a commit', () => {
	it('are unset where the user sets none', () => {
		expect(JSON.stringify(readCommitOptions({}))).toBe('{}');
		const empty = {
			conflictStrategy: '',
			appProperties: {},
			convertToOnlineDocTargetDocumentType: '',
		};
		expect(JSON.stringify(readCommitOptions(empty))).toBe('{}');
	});

	it.each(['AUTO_RENAME', 'OVERWRITE', 'RETURN_DENTRY_IF_EXISTS', 'RETURN_ERROR_IF_EXISTS'])(
		'take the strategy %s',
		(conflictStrategy) => {
			expect(readCommitOptions({ conflictStrategy })).toMatchObject({ conflictStrategy });
		},
	);

	it('keep a "false" of the user', () => {
		expect(readCommitOptions({ convertToOnlineDoc: false }).convertToOnlineDoc).toBe(false);
	});

	it('take up to three app properties, with texts of any kind', () => {
		const appProperties = {
			property: [
				{ name: ' a ', value: 1, visibility: 'PRIVATE' },
				{ name: 'b', visibility: 'PUBLIC' },
				{ name: 'c', value: '值' },
			],
		};
		expect(readCommitOptions({ appProperties }).appProperties).toEqual([
			{ name: 'a', value: '1', visibility: 'PRIVATE' },
			{ name: 'b', value: '', visibility: 'PUBLIC' },
			{ name: 'c', value: '值', visibility: 'PUBLIC' },
		]);
	});

	it('may come from expressions, as texts and as a bare list', () => {
		const options = {
			convertToOnlineDoc: 'false',
			appProperties: [{ name: 'year', value: 2026 }],
		};
		expect(readCommitOptions(options as never)).toMatchObject({
			convertToOnlineDoc: false,
			appProperties: [{ name: 'year', value: '2026', visibility: 'PUBLIC' }],
		});
	});

	it.each([
		[{ appProperties: properties('a', 'b', 'c', 'd') }, /4 app properties.*at most 3/],
		[{ appProperties: properties('a', 'a ') }, /"a" is given twice/],
		[{ appProperties: properties('a', '') }, /has no name/],
		[{ appProperties: 'a=b' }, /not a list of properties/],
		[{ appProperties: { property: 'a=b' } }, /not a list of properties/],
		[{ appProperties: [{ name: 'a', value: '1', visibility: 'private' }] }, /cannot be "private"/],
		[{ appProperties: [{ name: { a: 1 } }] }, /is not text/],
		[{ convertToOnlineDoc: 'no' }, /neither true nor false/],
		[{ conflictStrategy: 'overwrite' }, /"Conflict Strategy" cannot be "overwrite"/],
	])('refuse %j', (options, title) => {
		const facts = factsOf(() => readCommitOptions(options));
		expect(facts.title).toMatch(title);
		expect(facts.description).toBeTruthy();
		expect(facts.badInput).toBe(true);
	});
});

describe('the options of upload info', () => {
	it('are unset where the user sets none, and kept where it does', () => {
		expect(JSON.stringify(readInfoOptions({}))).toBe('{}');
		expect(readInfoOptions({ preferIntranet: false, preferRegion: 'SHENZHEN' })).toEqual({
			preferIntranet: false,
			preferRegion: 'SHENZHEN',
		});
	});

	it('refuse an unknown region', () => {
		expect(factsOf(() => readInfoOptions({ preferRegion: 'x' })).title).toMatch(
			/"Preferred Region" cannot be "x"/,
		);
	});
});

describe('a size', () => {
	const bytes = size({
		displayName: 'Size',
		name: 'size',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 0,
	});

	it.each([
		['', undefined],
		[undefined, undefined],
		[null, undefined],
		[0, 0],
		['12', 12],
		[5 * 2 ** 30, 5 * 2 ** 30],
	])('%j is %j', (given, expected) => {
		expect(bytes.read(given)).toBe(expected);
	});

	it.each([-1, 1.5, 'many', NaN, Infinity, '3.15 MB'])('is not %j', (given) => {
		expect(factsOf(() => bytes.read(given)).title).toBe('The file size is not a number of bytes');
	});
});

describe('a number of something', () => {
	it.each([undefined, null, '', 0, '0'])('is the default for %j', (given) => {
		expect(timeoutOption.read(given)).toBe(120_000);
	});

	it('may come as a text', () => {
		expect(timeoutOption.read('5')).toBe(5);
	});

	it.each([-3, 0.5, true, 'many', NaN, Infinity, [1]])('is not %j', (given) => {
		expect(factsOf(() => timeoutOption.read(given))).toMatchObject({
			badInput: true,
			title: expect.stringMatching(/^"Timeout" /) as string,
		});
	});
});
