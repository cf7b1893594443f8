import { describe, expect, it } from 'vitest';
import { SEED, startLocalDingTalk } from './index';
import { send } from '../core/send';
import { useService } from '../core/use-service';
import { codeOf, TestClient } from './test-client';

const { teamHandbook, manyFolders, folders, documents, operator, otherUser } = SEED;
const operatorId = operator.unionId;
let clock = Date.UTC(2026, 10, 1);
const service = useService(async () => await startLocalDingTalk({ now: () => clock }));
const client = new TestClient(service);

describe('tokens', () => {
	const ask = async (token: string) =>
		codeOf(await client.get('/v2.0/wiki/mineWorkspaces', { operatorId }, token));

	it('stay the same inside their life and end with it', async () => {
		const token = await client.token();
		clock += 7_199_000;
		expect(await client.token()).toBe(token);
		clock += 7_200_000;
		expect(await ask(token)).toEqual([400, 'InvalidAuthentication']);
		expect(await client.token()).not.toBe(token);
	});

	it('can all be revoked', async () => {
		const token = await client.token();
		service.revokeTokens();
		expect(await ask(token)).toEqual([400, 'InvalidAuthentication']);
		expect(await ask('')).toEqual([400, 'InvalidAuthentication']);
	});

	it('are asked for in JSON, with the right key and secret', async () => {
		const { appKey, appSecret } = SEED.app;
		const path = '/v1.0/oauth2/accessToken';
		const form = await send(service.apiUrl + path, {
			method: 'POST',
			headers: { 'content-type': 'application/x-www-form-urlencoded' },
			body: new URLSearchParams({ appKey, appSecret }).toString(),
		});
		expect(form.json).toMatchObject({
			code: 'Missingbody',
			message: 'body is mandatory for this action.',
		});
		const wrong = await client.anonymous(path, { appKey, appSecret: 'no' });
		expect(codeOf(wrong)).toEqual([400, 'invalidClientIdOrSecret']);
	});

	it('of a third-party app are new each time', async () => {
		const { suiteKey, suiteSecret, suiteTicket, corpId } = SEED.thirdPartyApp;
		const body = { suiteKey, suiteSecret, suiteTicket, authCorpId: corpId };
		const path = '/v1.0/oauth2/corpAccessToken';
		const tokens = [await client.anonymous(path, body), await client.anonymous(path, body)].map(
			({ json }) => (json as { accessToken: string }).accessToken,
		);
		expect(tokens[0]).not.toBe(tokens[1]);
		expect((await ask(tokens[0]))[0]).toBe(200);
		const old = await client.anonymous(path, { ...body, suiteTicket: 'old' });
		expect(old.status).toBe(400);
	});

	it('come in the unified form too', async () => {
		const { appKey, appSecret } = SEED.app;
		const body = {
			client_id: appKey,
			client_secret: appSecret,
			grant_type: 'client_credentials',
		};
		const answer = await client.anonymous(`/v1.0/oauth2/${SEED.corpId}/token`, body);
		expect(answer.json).toEqual({ access_token: await client.token(), expires_in: 7200 });
	});
});

describe('the wiki', () => {
	it('lists 120 folders in three pages', async () => {
		const names: string[] = [];
		let nextToken: string | undefined = '';
		let pages = 0;
		while (nextToken !== undefined) {
			const query = { operatorId, parentNodeId: manyFolders.rootDentryUuid, nextToken };
			const { json } = await client.get('/v2.0/wiki/nodes', query);
			const answer = json as { nodes: Array<{ name: string }>; nextToken?: string };
			names.push(...answer.nodes.map((node) => node.name));
			nextToken = answer.nextToken;
			pages++;
		}
		expect([pages, names.length, names[119]]).toEqual([3, 120, 'Folder 120']);
	});

	it('resolves links of every kind', async () => {
		const cases: Array<[string, string]> = [
			[folders.invoices.url, folders.invoices.dentryUuid],
			[`${folders.invoices.url.replace('.com', '.io')}?a=b#c`, folders.invoices.dentryUuid],
			[teamHandbook.url, teamHandbook.rootDentryUuid],
			[documents.budget.shortUrl, documents.budget.dentryUuid],
		];
		for (const [url, uuid] of cases) {
			const byUrl = await client.post('/v2.0/wiki/nodes/queryByUrl', { operatorId }, { url });
			expect(byUrl.json).toMatchObject({ node: { nodeId: uuid } });
			const path = '/v2.0/doc/documents/queryDentryUuid';
			const byEither = await client.get(path, { operatorId, idOrUrl: url });
			expect(byEither.json).toEqual({ dentryUuid: uuid });
		}
		const foreign = { url: 'https://example.com/i/nodes/abc' };
		const refused = await client.post('/v2.0/wiki/nodes/queryByUrl', { operatorId }, foreign);
		expect(codeOf(refused)).toEqual([400, 'paramError']);
	});

	it('resolves every id of a document but a numeric one', async () => {
		const { docKey, dentryKey, dentryUuid, dentryId } = documents.meetingNotes;
		const ask = async (idOrUrl: string) =>
			await client.get('/v2.0/doc/documents/queryDentryUuid', { operatorId, idOrUrl });
		for (const id of [docKey, dentryKey, dentryUuid]) {
			expect((await ask(id)).json).toEqual({ dentryUuid });
		}
		expect((await ask(teamHandbook.workspaceId)).json).toEqual({
			dentryUuid: teamHandbook.rootDentryUuid,
		});
		expect(codeOf(await ask(dentryId))).toEqual([400, 'paramError']);
		expect(codeOf(await ask('nothing'))).toEqual([404, 'documentNotExist']);
	});

	it('hides what the operator may not see', async () => {
		const query = { operatorId: otherUser.unionId };
		const list = await client.get('/v2.0/wiki/workspaces', query);
		expect(list.json).toEqual({ workspaces: [] });
		const one = await client.get(`/v2.0/wiki/workspaces/${teamHandbook.workspaceId}`, query);
		expect(codeOf(one)).toEqual([403, 'permissionDenied']);
	});

	it('searches by name', async () => {
		const bases = await client.post(
			'/v2.0/storage/workspaces/search',
			{ operatorId },
			{ keyword: 'project 0', option: { maxResults: 5 } },
		);
		const { items, nextToken } = bases.json as { items: unknown[]; nextToken: string };
		expect(items).toHaveLength(5);
		expect(nextToken).toBeTypeOf('string');
		const found = await client.post(
			'/v2.0/storage/dentries/search',
			{ operatorId },
			{ keyword: 'march' },
		);
		expect(found.json).toMatchObject({
			items: [
				{ dentryUuid: folders.invoicesMarch.dentryUuid, path: { path: '/Invoices/2026/March' } },
			],
		});
	});
});

describe('new folders', () => {
	it('get another name when made twice by the documents API', async () => {
		const path = `/v1.0/doc/workspaces/${teamHandbook.workspaceId}/docs`;
		const body = { name: 'New', docType: 'FOLDER', operatorId };
		const uuids = [await client.post(path, {}, body), await client.post(path, {}, body)].map(
			({ json }) => (json as { dentryUuid: string }).dentryUuid,
		);
		const query = { operatorId, parentNodeId: teamHandbook.rootDentryUuid };
		const { json } = await client.get('/v2.0/wiki/nodes', query);
		expect(json).toMatchObject({
			nodes: expect.arrayContaining([
				expect.objectContaining({ name: 'New', nodeId: uuids[0], type: 'FOLDER' }),
				expect.objectContaining({ name: 'New (1)', nodeId: uuids[1] }),
			]) as unknown,
		});
		const { name, docType } = body;
		expect(codeOf(await client.post(path, { operatorId }, { name, docType }))).toEqual([
			400,
			'paramError',
		]);
	});

	it('are returned when there already, if the storage API is told so', async () => {
		const { dentryId, dentryUuid } = folders.invoices;
		const path = `/v1.0/storage/spaces/${teamHandbook.spaceId}/dentries/${dentryId}/folders`;
		const option = { conflictStrategy: 'RETURN_DENTRY_IF_EXISTS' };
		const ask = async (name: string) =>
			(await client.post(path, { unionId: operatorId }, { name, option })).json as {
				dentry: { uuid: string; path: string };
			};
		expect((await ask('2026')).dentry.uuid).toBe(folders.invoices2026.dentryUuid);
		const made = await ask('2027');
		expect(made.dentry.path).toBe('/Invoices/2027');
		expect(made.dentry.uuid).not.toBe(dentryUuid);
		expect((await ask('2027')).dentry.uuid).toBe(made.dentry.uuid);
	});
});

describe('contacts', () => {
	const post = async (path: string, body: object, token?: string) =>
		await send(`${service.apiUrl}${path}?access_token=${token ?? (await client.token())}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(body),
		});

	it('lead from the mobile number to the union id', async () => {
		const byMobile = await post('/topapi/v2/user/getbymobile', { mobile: operator.mobile });
		expect(byMobile.json).toMatchObject({ errcode: 0, result: { userid: operator.userId } });
		const byId = await post('/topapi/v2/user/get', { userid: operator.userId });
		expect(byId.json).toMatchObject({ errcode: 0, result: { unionid: operatorId } });
		const person = await client.get(`/v1.0/contact/users/${operatorId}`, {});
		expect(person.json).toMatchObject({ nick: operator.name, unionId: operatorId });
	});

	it('answer errors with HTTP 200', async () => {
		const unknown = await post('/topapi/v2/user/get', { userid: 'nobody' });
		expect([unknown.status, unknown.json]).toMatchObject([200, { errcode: 60121 }]);
		const invalid = await post('/topapi/v2/user/get', { userid: 'x' }, 'bad');
		expect([invalid.status, invalid.json]).toMatchObject([200, { errcode: 40014 }]);
		const bare = await client.token(SEED.appWithoutScopes);
		const refused = await post('/topapi/v2/user/get', { userid: operator.userId }, bare);
		expect(refused.json).toMatchObject({ errcode: 88, sub_code: '60011' });
	});
});

describe('the gateway', () => {
	it('knows no other path', async () => {
		expect(codeOf(await client.get('/v2.0/nothing', {}))).toEqual([404, 'InvalidAction.NotFound']);
	});

	it('names the missing permission', async () => {
		const token = await client.token(SEED.appWithoutScopes);
		const answer = await client.get('/v2.0/wiki/workspaces', { operatorId }, token);
		expect(answer).toMatchObject({
			status: 403,
			json: {
				code: 'Forbidden.AccessDenied.AccessTokenPermissionDenied',
				accessdenieddetail: { requiredScopes: ['Wiki.Workspace.Read'] },
			},
		});
	});

	it('limits calls per app and API over any second', async () => {
		const limited = await startLocalDingTalk({ now: () => clock, callsPerSecond: 2 });
		const other = new TestClient(limited);
		const token = await other.token();
		const ask = async () => await other.get('/v2.0/wiki/mineWorkspaces', { operatorId }, token);
		expect((await ask()).status).toBe(200);
		clock += 600;
		expect((await ask()).status).toBe(200);
		expect(codeOf(await ask())).toEqual([403, 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi']);
		expect((await other.get('/v2.0/wiki/workspaces', { operatorId }, token)).status).toBe(200);
		clock += 400;
		expect((await ask()).status).toBe(200);
		expect((await ask()).status).toBe(403);
		await limited.close();
	});
});
