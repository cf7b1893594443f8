import { describe, expect, it } from 'vitest';

import { SEED } from '../../../services/dingtalk';
import { locator } from '../../support/rig';
import { useRig } from '../support/rig';

const rig = useRig();
const bare = { appKey: SEED.appWithoutScopes.appKey, appSecret: SEED.appWithoutScopes.appSecret };
const METHODS = ['searchKnowledgeBases', 'searchFolders', 'searchDocuments'];
const inHandbook = { knowledgeBase: locator('list', SEED.teamHandbook.workspaceId) };

/** All pages of a list, as scrolling down gives them. */
async function allPages(method: string, parameters = {}, filter?: string) {
	const pages = [];
	let paginationToken: string | undefined;
	do {
		const page = await rig.list(method, parameters, { filter, paginationToken });
		pages.push(page.results);
		paginationToken = page.paginationToken as string | undefined;
	} while (paginationToken);
	return pages;
}

const names = (results: Array<{ name: string }>) => results.map(({ name }) => name);

describe('the list of knowledge bases', () => {
	it('begins with My Documents and gives all, a page at a time', async () => {
		const pages = await allPages('searchKnowledgeBases');
		expect(pages.map((page) => page.length)).toEqual([31, SEED.knowledgeBases.length - 30]);
		expect(pages.flat()).toEqual([
			{ name: 'My Documents', value: SEED.myDocuments.workspaceId },
			...SEED.knowledgeBases.map(({ name, workspaceId }) => ({ name, value: workspaceId })),
		]);
		const { query } = rig.service.callsOf('listWorkspaces').slice(-2)[0];
		expect(query).toEqual({
			operatorId: SEED.operator.unionId,
			maxResults: '30',
			orderBy: 'VIEW_TIME_DESC',
		});
	});

	it('finds by a part of the name in any case, on the last page too', async () => {
		const found = await allPages('searchKnowledgeBases', {}, ' project 28 ');
		expect(found.flat()).toEqual([
			{ name: 'Project 28', value: SEED.knowledgeBases.at(-1)?.workspaceId },
		]);
	});

	it('finds Chinese names, and nothing where there is nothing', async () => {
		const [found] = await allPages('searchKnowledgeBases', {}, '产品');
		expect(names(found)).toEqual(['产品文档']);
		expect((await allPages('searchKnowledgeBases', {}, 'no such thing')).flat()).toEqual([]);
	});

	it('shows what the operator of the form sees', async () => {
		const operator = locator('userId', SEED.otherUser.userId);
		const [page] = await allPages('searchKnowledgeBases', { operator });
		expect(page).toEqual([
			{
				name: `My Documents (${SEED.otherUserDocuments.name})`,
				value: SEED.otherUserDocuments.workspaceId,
			},
		]);
	});

	it('does without My Documents where there are none', async () => {
		const code = 'workspaceNotExist';
		rig.service.fail({
			call: 'mineWorkspace',
			fault: { kind: 'apiError', status: 404, code },
		});
		const { results } = await rig.list('searchKnowledgeBases');
		expect(names(results)[0]).toBe('Team Handbook');
	});
});

describe('the list of folders', () => {
	it('begins with the root and shows folders by their paths', async () => {
		const pages = await allPages('searchFolders', inHandbook);
		expect(names(pages.flat())).toEqual([
			'Team Handbook (Root)',
			'Invoices',
			'合同 2026',
			'Empty',
			'Invoices / 2025',
			'Invoices / 2026',
			'Invoices / 2026 / March',
		]);
		expect(pages.flat().map(({ value }) => value)).toEqual([
			SEED.teamHandbook.rootDentryUuid,
			SEED.folders.invoices.dentryUuid,
			SEED.folders.chinese.dentryUuid,
			SEED.folders.empty.dentryUuid,
			SEED.folders.invoices2025.dentryUuid,
			SEED.folders.invoices2026.dentryUuid,
			SEED.folders.invoicesMarch.dentryUuid,
		]);
	});

	it('gives each of many folders once, over several pages', async () => {
		const parameters = { knowledgeBase: locator('list', SEED.manyFolders.workspaceId) };
		const pages = await allPages('searchFolders', parameters);
		expect(pages.length).toBeGreaterThan(1);
		const all = pages.flat();
		expect(all).toHaveLength(121);
		expect(new Set(all.map(({ value }) => value)).size).toBe(121);
		expect(all.at(-1)?.name).toBe('Folder 120');
		expect(rig.service.callsOf('listNodes').at(-1)?.query.maxResults).toBe('50');
	});

	it('finds by a part of the path', async () => {
		const found = await allPages('searchFolders', inHandbook, 'march');
		expect(names(found.flat())).toEqual(['Invoices / 2026 / March']);
		const parameters = { knowledgeBase: locator('list', SEED.manyFolders.workspaceId) };
		const last = await allPages('searchFolders', parameters, 'folder 119');
		expect(names(last.flat())).toEqual(['Folder 119']);
	});

	it.each([
		['link', locator('url', SEED.teamHandbook.url)],
		['id', locator('id', SEED.teamHandbook.workspaceId)],
		['link to a folder in it', locator('url', SEED.folders.invoices.url)],
	])('works when the knowledge base is given by %s', async (_, knowledgeBase) => {
		const { results } = await rig.list('searchFolders', { knowledgeBase });
		expect(results[0].name).toBe('Team Handbook (Root)');
	});

	it('asks for a knowledge base first', async () => {
		await expect(rig.list('searchFolders')).rejects.toThrow(/No knowledge base is chosen/);
		expect(rig.service.calls).toEqual([]);
	});
});

describe('the list of documents', () => {
	it('finds by name, with path and link', async () => {
		const { results } = await rig.list('searchDocuments', {}, { filter: 'meeting' });
		const { dentryUuid, url } = SEED.documents.meetingNotes;
		const name = 'Meeting Notes.adoc (Team Handbook/Meeting Notes.adoc)';
		expect(results).toEqual([{ name, value: dentryUuid, url }]);
		const [call] = rig.service.callsOf('searchDentries').slice(-1);
		expect(call).toMatchObject({
			query: { operatorId: SEED.operator.unionId },
			body: { keyword: 'meeting', option: { maxResults: 50, dentryCategories: ['ALI_DOC'] } },
		});
	});

	it('goes on to the next page', async () => {
		const asked = () =>
			(rig.service.callsOf('searchDentries').at(-1)?.body as { option: object }).option;
		const first = await rig.list('searchFiles', {}, { filter: 'folder' });
		expect(first.results).toHaveLength(50);
		const paginationToken = first.paginationToken as string;
		const next = await rig.list('searchFiles', {}, { filter: 'folder', paginationToken });
		expect(next.results[0].value).not.toBe(first.results[0].value);
		expect(asked()).toEqual({ maxResults: 50, nextToken: paginationToken });
		await rig.list('searchDocuments', {}, { filter: 'folder', paginationToken });
		expect(asked()).toMatchObject({ dentryCategories: ['ALI_DOC'], nextToken: paginationToken });
	});
});

describe.each(METHODS)('%s', (method) => {
	const options = { filter: 'a' };

	it('names the missing permission in its message', async () => {
		const opened = rig.list(method, inHandbook, { ...options, credential: bare });
		await expect(opened).rejects.toThrow(/The app lacks a permission.*(Wiki|Storage)\.\w+\.\w+/s);
	});

	it('names the missing operator in its message', async () => {
		const opened = rig.list(method, inHandbook, {
			...options,
			credential: { operatorUnionId: '' },
		});
		await expect(opened).rejects.toThrow(/No operator is given.*Operator Union ID/s);
		expect(rig.service.calls).toEqual([]);
	});

	it('names a wrong key or secret in its message', async () => {
		const opened = rig.list(method, inHandbook, {
			...options,
			credential: { appSecret: 'wrong' },
		});
		await expect(opened).rejects.toThrow(/does not know this app key and secret/);
	});

	it('names a service that cannot be reached in its message', async () => {
		const credential = { apiBaseUrl: 'ftp://nowhere' };
		const opened = rig.list(method, inHandbook, { ...options, credential });
		await expect(opened).rejects.toThrow(/not a web address/);
	});
});
