import { describe, expect, it } from 'vitest';

import { checkPage, readPage } from './check';
import { CODES } from './codes';
import { CHINESE, ENGLISH } from './languages';
import { sectionsIn } from './markdown';
import { pagesIn, rendered, SECTIONS, userPages } from './pages';
import { networkCodes } from './source-codes';

describe('the users’ pages', () => {
	it.each([ENGLISH, CHINESE].flatMap(userPages))(
		'%s says what the code says (npm run docs)',
		(path) => {
			checkPage(path, rendered(path));
		},
	);

	it.each([ENGLISH, CHINESE])(
		'below $folder describe each operation, credential and kind of error once',
		(language) => {
			const described = userPages(language).flatMap((path) => sectionsIn(readPage(path)));
			expect(described.sort()).toEqual(Object.keys(SECTIONS).sort());
		},
	);

	it.each(['README.md', 'README.zh-CN.md'])(
		'are linked from %s, operation by operation',
		(path) => {
			const linked = [...readPage(path).matchAll(/\]\((docs\/[^)#]+)/g)].map(([, to]) => to);
			const folder = path === 'README.md' ? 'docs/operations' : 'docs/zh-CN/operations';
			expect(pagesIn(folder).filter((page) => !linked.includes(page))).toEqual([]);
		},
	);

	it('list every code that the transport gives to failures of its own', () => {
		const listed = Object.values(CODES)
			.flat()
			.flatMap(({ id, codes = id }) => codes.split(/,? /));
		expect(networkCodes().filter((code) => !listed.includes(code))).toEqual([]);
	});
});
