import { describe, expect, it } from 'vitest';

import { entriesOf, firstOf, type Page } from '../../../nodes/shared/paging';

/** A list of these pages; each has the token of the next one, unless it says otherwise. */
function listOf(pages: Array<{ entries: string[]; nextToken?: string }>) {
	const asked: Array<[string | undefined, number]> = [];
	const page = async (token: string | undefined, given: number): Promise<Page<string>> => {
		asked.push([token, given]);
		const index = Number(token ?? 0);
		const { entries, nextToken } = pages[Math.min(index, pages.length - 1)];
		const next = index + 1 < pages.length ? String(index + 1) : '';
		return { entries, nextToken: nextToken ?? next };
	};
	const entries = entriesOf({ service: 'Service', step: 'list', page, keyOf: (each) => each });
	return { asked, all: async (limit = Infinity) => await firstOf(entries, limit) };
}

const repeats = { facts: { code: 'LIST_REPEATS', step: 'list', outcome: 'refused' } };

describe('the entries of a list', () => {
	it('are those of all pages, in order', async () => {
		const { asked, all } = listOf([{ entries: ['a', 'b'] }, { entries: [] }, { entries: ['c'] }]);
		expect(await all()).toEqual(['a', 'b', 'c']);
		expect(asked).toEqual([
			[undefined, 0],
			['1', 2],
			['2', 2],
		]);
	});

	it('are asked for only as far as they are wanted', async () => {
		const { asked, all } = listOf([{ entries: ['a', 'b'] }, { entries: ['c'] }]);
		expect(await all(2)).toEqual(['a', 'b']);
		expect(asked).toHaveLength(1);
	});

	it('come once, although the pages shifted meanwhile', async () => {
		const { all } = listOf([{ entries: ['a', 'b'] }, { entries: ['b', 'c'] }, { entries: ['c'] }]);
		expect(await all()).toEqual(['a', 'b', 'c']);
	});

	it('end with an error where a page is given again', async () => {
		const { all } = listOf([{ entries: ['a', 'b'] }, { entries: ['a', 'b'] }]);
		await expect(all()).rejects.toMatchObject(repeats);
	});

	it('end with an error where a token is given again', async () => {
		const { asked, all } = listOf([
			{ entries: ['a'] },
			{ entries: ['b'] },
			{ entries: ['c'], nextToken: '1' },
		]);
		await expect(all()).rejects.toMatchObject(repeats);
		expect(asked).toHaveLength(3);
	});

	it('end with an error where nothing new comes for a hundred pages', async () => {
		const { asked, all } = listOf(Array.from({ length: 200 }, () => ({ entries: [] })));
		await expect(all()).rejects.toMatchObject(repeats);
		expect(asked).toHaveLength(100);
	});

	it('come after many pages without any', async () => {
		const none = Array.from({ length: 99 }, () => ({ entries: [] as string[] }));
		const { all } = listOf([...none, { entries: ['a'] }, ...none, { entries: ['b'] }]);
		expect(await all()).toEqual(['a', 'b']);
	});
});
