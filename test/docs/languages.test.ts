import { describe, expect, it } from 'vitest';

import { readPage } from './check';
import { CHINESE_CODES, CODES } from './codes';
import { ENGLISH } from './languages';
import { CREDENTIALS, OPERATIONS } from './operations';
import { destinationsOf, english, outlineOf } from './outline';
import { pagesIn } from './pages';
import { textsIn } from './parameters';
import CHINESE_TEXTS from './zh-CN/parameters.json';

/** Pages for developers, in English only. */
const FOR_DEVELOPERS = ['benchmarks', 'conformance', 'development', 'soak'];

const chinese = ['README.zh-CN.md', ...pagesIn('docs/zh-CN')];
const wanted = ['README.md', ...pagesIn('docs')].filter(
	(path) =>
		!path.startsWith('docs/zh-CN/') && !FOR_DEVELOPERS.some((name) => path === `docs/${name}.md`),
);

describe('the users’ pages in two languages', () => {
	it('are the same pages', () => {
		expect(chinese.map(english).sort()).toEqual(wanted.sort());
	});

	describe.each(chinese)('%s and the English page', (path) => {
		const [here, there] = [path, english(path)].map((page) => ({ page, text: readPage(page) }));

		it('link to each other at the top', () => {
			expect(destinationsOf(topOf(here.text), here.page)).toContain(there.page);
			expect(destinationsOf(topOf(there.text), there.page)).toContain(here.page);
		});

		it('have the same headings, tables, lists, pictures and commands', () => {
			expect(outlineOf(here.text)).toEqual(outlineOf(there.text));
		});

		it('lead to the same pages, each in its language', () => {
			const [ours, theirs] = [here, there].map(({ text, page }) =>
				destinationsOf(text.replace(topOf(text), ''), page),
			);
			expect(ours.map(english).sort()).toEqual(theirs);
			expect(ours.filter((target) => wanted.includes(target))).toEqual([]);
		});
	});
});

/** The title and the line below it. */
function topOf(text: string): string {
	return text.split('\n').slice(0, 3).join('\n');
}

describe('the Chinese texts', () => {
	it('are there for every text of the nodes and credentials, and for no other', () => {
		const fields = [...Object.values(OPERATIONS), ...Object.values(CREDENTIALS)];
		const texts = fields.flatMap((each) => textsIn(each, ENGLISH));
		expect(Object.keys(CHINESE_TEXTS).sort()).toEqual([...new Set(texts)].sort());
	});

	it('are there for every code, and for no other', () => {
		const idsIn = (tables: Record<string, string[]>) =>
			Object.fromEntries(Object.entries(tables).map(([name, ids]) => [name, ids.sort()]));
		const inEnglish = mapValues(CODES, (rows) => rows.map(({ id }) => id));
		const inChinese = mapValues(CHINESE_CODES, (rows) => Object.keys(rows));
		expect(idsIn(inChinese)).toEqual(idsIn(inEnglish));
	});

	it('tell of every code what happened and what to do', () => {
		const texts = Object.values(CHINESE_CODES).flatMap((rows) => Object.entries(rows));
		expect(texts.filter(([, row]) => row.length !== 2 || !row.every(isInChinese))).toEqual([]);
		expect(Object.entries(CHINESE_TEXTS).filter(([, text]) => !isInChinese(text))).toEqual([]);
	});
});

function mapValues<From, To>(record: Record<string, From>, to: (value: From) => To) {
	return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, to(value)]));
}

function isInChinese(text: string): boolean {
	return /\p{Script=Han}/u.test(text);
}
