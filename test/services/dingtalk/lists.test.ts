import { describe, expect, it } from 'vitest';
import { SEED, startLocalDingTalk } from './index';
import { useService } from '../core/use-service';
import type { Answer } from '../core/send';
import { codeOf, TestClient } from './test-client';

const { teamHandbook, manyFolders, folders, documents, files, operator, otherUser } = SEED;
const unionId = operator.unionId;
const service = useService(startLocalDingTalk);
const client = new TestClient(service);

interface ListAnswer {
	dentries: Array<Record<string, unknown>>;
	nextToken?: string;
}

describe('the list of a folder', () => {
	const ask = async (spaceId: string, query: Record<string, string>, token?: string) =>
		await client.get(`/v1.0/storage/spaces/${spaceId}/dentries`, { unionId, ...query }, token);
	const list = async (spaceId: string, query: Record<string, string>) =>
		(await ask(spaceId, query)).json as ListAnswer;
	const { spaceId } = teamHandbook;

	it('shows files, folders and documents of the root, each with its ids', async () => {
		const { dentries, nextToken } = await list(spaceId, { parentId: '0' });
		expect(nextToken).toBeUndefined();
		const { dentryUuid: uuid, dentryId: id, name } = files.welcome;
		expect(dentries).toContainEqual(
			expect.objectContaining({ uuid, id, name, spaceId, parentId: '0', type: 'FILE' }),
		);
		expect(dentries).toContainEqual(
			expect.objectContaining({ uuid: folders.invoices.dentryUuid, type: 'FOLDER' }),
		);
		expect(dentries).toContainEqual(
			expect.objectContaining({ uuid: documents.budget.dentryUuid, storageDriver: 'ALIDOC' }),
		);
	});

	it('comes in pages of at most 50, in the order that is asked for', async () => {
		const names: unknown[] = [];
		let nextToken: string | undefined = '';
		let pages = 0;
		while (nextToken !== undefined) {
			const order = { orderBy: 'NAME', order: 'ASC' };
			const query = { parentId: '0', ...order, ...(nextToken && { nextToken }) };
			const answer: ListAnswer = await list(manyFolders.spaceId, query);
			names.push(...answer.dentries.map(({ name }) => name));
			nextToken = answer.nextToken;
			pages++;
		}
		expect([pages, names[0], names[119]]).toEqual([3, 'Folder 001', 'Folder 120']);
		const { dentries } = await list(manyFolders.spaceId, {
			...{ parentId: '0', orderBy: 'NAME', maxResults: '1' },
		});
		expect(dentries).toMatchObject([{ name: 'Folder 120' }]);
	});

	it('shows thumbnails only where they are asked for', async () => {
		await client.upload(folders.empty.dentryUuid, 'a.png', 'PNG');
		const parentId = folders.empty.dentryId;
		expect((await list(spaceId, { parentId })).dentries[0]).not.toHaveProperty('thumbnail');
		const asked = await list(spaceId, { parentId, withThumbnail: 'true' });
		expect(asked.dentries[0]).toHaveProperty('thumbnail');
	});

	it.each<[Record<string, string>, number, string]>([
		[{}, 400, 'MissingparentId'],
		[{ parentId: '404' }, 404, 'dentryNotExist'],
		[{ parentId: files.welcome.dentryId }, 400, 'paramError'],
		[{ parentId: '0', maxResults: '51' }, 400, 'paramError'],
		[{ parentId: '0', orderBy: 'COLOUR' }, 400, 'paramError'],
		[{ parentId: '0', order: 'UP' }, 400, 'paramError'],
		[{ parentId: '0', nextToken: 'mine' }, 400, 'paramError'],
		[{ parentId: '0', recursive: 'true' }, 400, 'paramError'],
		[{ parentId: '0', unionId: operator.userId }, 400, 'paramError'],
		[{ parentId: '0', unionId: otherUser.unionId }, 403, 'permissionDenied'],
	])('is refused with %j', async (query, status, code) => {
		expect(codeOf(await ask(spaceId, query))).toEqual([status, code]);
	});

	it('is refused of a space that is not there, and to an app without the permission', async () => {
		expect(codeOf(await ask('404', { parentId: '0' }))).toEqual([404, 'spaceNotExist']);
		const bare = await client.token(SEED.appWithoutScopes);
		expect((await ask(spaceId, { parentId: '0' }, bare)).json).toMatchObject({
			accessdenieddetail: { requiredScopes: ['Storage.File.Read'] },
		});
	});
});

describe('the search for files', () => {
	const ask = async (keyword: string, option: object = {}) =>
		await client.post(
			'/v2.0/storage/dentries/search',
			{ operatorId: unionId },
			{ keyword, option },
		);
	const namesOf = ({ json }: Answer) =>
		(json as { items: Array<{ name: string }> }).items.map(({ name }) => name);

	it('keeps to the categories and the time of creation', async () => {
		await client.upload(folders.empty.dentryUuid, 'budget.png', 'PNG');
		const startTime = Date.UTC(2026, 0, 5, 8);
		expect(namesOf(await ask('budget'))).toEqual([documents.budget.name, 'budget.png']);
		const images = { dentryCategories: ['IMAGE'] };
		expect(namesOf(await ask('budget', images))).toEqual(['budget.png']);
		const seeded = { createTimeRange: { startTime, endTime: startTime } };
		expect(namesOf(await ask('budget', seeded))).toEqual([documents.budget.name]);
		const later = { createTimeRange: { startTime: startTime + 1 } };
		expect(namesOf(await ask('budget', later))).toEqual(['budget.png']);
	});

	it('tells who made and changed a file', async () => {
		const { userId, name } = operator;
		expect((await ask('welcome')).json).toMatchObject({
			items: [{ creator: { userId, name }, modifier: { userId, name } }],
		});
	});

	it.each<[string, object, string]>([
		[' ', {}, 'paramError-keyword'],
		['a', { dentryCategories: ['SONG'] }, 'paramError.dentryCategories'],
		['a', { createTimeRange: { startTime: 2, endTime: 1 } }, 'paramError.createTimeRange'],
		['a', { createTimeRange: { startTime: '2026' } }, 'paramError'],
		['a', { maxResults: 51 }, 'paramError'],
		['a', { colour: 'red' }, 'paramError'],
	])('is refused for "%s" with %j', async (keyword, option, code) => {
		expect(codeOf(await ask(keyword, option))).toEqual([400, code]);
	});
});

describe('knowledge bases', () => {
	it('are not found under the id of a folder', async () => {
		const path = `/v2.0/wiki/workspaces/${folders.invoices.dentryUuid}`;
		const query = { operatorId: unionId };
		expect(codeOf(await client.get(path, query))).toEqual([400, 'isNotWorkspace']);
	});

	it.each([
		[{ orderBy: 'NAME' }, [400, 'paramError.orderBy']],
		[{ teamId: 'none' }, [404, 'teamNotExist']],
	])('are not listed with %j', async (query, refusal) => {
		const answer = await client.get('/v2.0/wiki/workspaces', { operatorId: unionId, ...query });
		expect(codeOf(answer)).toEqual(refusal);
	});
});

describe('a new folder', () => {
	const make = async (parentId: string, name: string, conflictStrategy?: string) =>
		await client.post(
			`/v1.0/storage/spaces/${teamHandbook.spaceId}/dentries/${parentId}/folders`,
			{ unionId },
			{ name, option: { conflictStrategy } },
		);

	it('is refused where it is to be the only one of its name, and where its parent is missing', async () => {
		const { dentryId } = folders.invoices;
		const only = await make(dentryId, '2026', 'RETURN_ERROR_IF_EXISTS');
		expect(codeOf(only)).toEqual([400, 'dentryAlreadyExist']);
		expect(codeOf(await make('404', 'a'))).toEqual([404, 'dentryNotExist']);
		expect(codeOf(await make(files.welcome.dentryId, 'a'))).toEqual([400, 'paramError.parentId']);
	});
});
