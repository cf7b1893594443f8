import { describe, expect, it } from 'vitest';
import { SEED, startLocalDingTalk } from './index';
import { send } from '../core/send';
import { useService } from '../core/use-service';
import { codeOf, TestClient } from './test-client';

const { teamHandbook, folders, operator, otherUser, readOnlyKnowledgeBase } = SEED;
const root = teamHandbook.rootDentryUuid;
const service = useService(async () => await startLocalDingTalk({ keepBytes: true }));
const client = new TestClient(service);

async function uploadedKey(parent = root, body = 'x'): Promise<string> {
	const { uploadKey, url, headers } = await client.place(parent);
	await send(url, { method: 'PUT', headers, body });
	return uploadKey;
}

describe('upload info', () => {
	const protocol = 'HEADER_SIGNATURE';

	it.each<[string, object, string]>([
		['no protocol', {}, 'paramError.protocol'],
		['another protocol', { protocol: 'TOKEN' }, 'dentryUploadProtocolNotSupport'],
		['another driver', { protocol, option: { storageDriver: 'X' } }, 'paramError.storageDriver'],
		['an unknown region', { protocol, option: { preferRegion: 'MOON' } }, 'paramError'],
		['an unknown field', { protocol, option: { md5: 'x' } }, 'paramError'],
		['a union id in the body', { protocol, unionId: operator.unionId }, 'paramError'],
		['a size in quotes', { protocol, option: { preCheckParam: { size: '1' } } }, 'paramError'],
		['a bad name', { protocol, option: { preCheckParam: { name: 'a|b' } } }, 'paramError'],
		[
			'a file larger than the quota',
			{ protocol, option: { preCheckParam: { size: SEED.orgQuotaBytes + 1 } } },
			'orgQuotaInsufficient',
		],
	])('refuses %s', async (_what, body, code) => {
		expect(codeOf(await client.uploadInfo(root, body))).toEqual([400, code]);
	});

	it('refuses ids that are not what they should be', async () => {
		const ask = async (parent: string, unionId: string) =>
			codeOf(await client.uploadInfo(parent, { protocol }, unionId));
		const { unionId, userId } = operator;
		expect(await ask(folders.empty.dentryId, unionId)).toEqual([
			400,
			'paramError.parentDentryUuid',
		]);
		expect(await ask('A'.repeat(32), unionId)).toEqual([404, 'spaceNotExist']);
		expect(await ask(root, userId)).toEqual([400, 'paramError']);
		expect(await ask(root, '')).toEqual([400, 'MissingunionId']);
		expect(await ask(root, otherUser.unionId)).toEqual([403, 'permissionDenied']);
		expect(await ask(readOnlyKnowledgeBase.rootDentryUuid, unionId)).toEqual([
			403,
			'permissionDenied',
		]);
	});

	it('and commit each want a permission of their own', async () => {
		const token = await client.token(SEED.appWithoutWrite);
		const files = `/v2.0/storage/spaces/files/${root}`;
		const { unionId } = operator;
		const info = await client.post(`${files}/uploadInfos/query`, { unionId }, { protocol }, token);
		expect(info.status).toBe(200);
		const { uploadKey } = info.json as { uploadKey: string };
		const body = { uploadKey, name: 'a.txt' };
		expect(await client.post(`${files}/commit`, { unionId }, body, token)).toMatchObject({
			status: 403,
			json: { accessdenieddetail: { requiredScopes: ['Storage.File.Write'] } },
		});
	});

	it('carries a request id in header and body', async () => {
		const answer = await client.uploadInfo(root, {});
		const { requestid } = answer.json as { requestid: string };
		expect(requestid).toBe(answer.headers['x-acs-request-id']);
	});
});

describe('commit', () => {
	it('wants bytes that are there, a key of this folder, and the true size', async () => {
		const { uploadKey } = await client.place(root);
		expect(codeOf(await client.commit(root, uploadKey, 'a.txt'))).toEqual([
			400,
			'dentryStoreError',
		]);
		expect(codeOf(await client.commit(root, 'unknown', 'a.txt'))).toEqual([
			400,
			'paramError.uploadKey',
		]);
		const key = await uploadedKey();
		expect(codeOf(await client.commit(folders.empty.dentryUuid, key, 'a.txt'))).toEqual([
			400,
			'paramError.uploadKey',
		]);
		expect(codeOf(await client.commit(root, key, 'a.txt', { size: 2 }))).toEqual([
			400,
			'dentryStoreError',
		]);
		expect(service.files()).toEqual([]);
		expect((await client.commit(root, key, 'a.txt', { size: 1 })).status).toBe(200);
	});

	it.each(['a\tb', 'a*', 'a"', 'a<', 'a>', 'a|b', 'a/b', 'a\\b', 'a.', ' ', 'x'.repeat(256)])(
		'refuses the name %j',
		async (name) => {
			expect(codeOf(await client.commit(root, await uploadedKey(), name))).toEqual([
				400,
				'dentryNameIllegal',
			]);
		},
	);

	it('cuts off spaces and keeps every other name as it is', async () => {
		for (const [given, kept] of [
			['  a b.txt ', 'a b.txt'],
			['合同 📄.pdf', '合同 📄.pdf'],
			['.env', '.env'],
		]) {
			const { json } = await client.upload(root, given, 'x');
			expect((json as { dentry: { name: string } }).dentry.name).toBe(kept);
		}
	});

	it('renames on conflict unless told otherwise', async () => {
		for (const name of ['r.tar.gz', 'r.tar.gz', 'r.tar.gz']) await client.upload(root, name, 'x');
		expect(service.files(root).map((file) => file.name)).toEqual([
			'r.tar.gz',
			'r.tar (1).gz',
			'r.tar (2).gz',
		]);
	});

	it('overwrites in place', async () => {
		const option = { conflictStrategy: 'OVERWRITE' };
		const first = await client.upload(root, 'a.txt', 'one', option);
		const second = await client.upload(root, 'a.txt', 'three', option);
		const uuid = (first.json as { dentry: { uuid: string } }).dentry.uuid;
		expect(second.json).toMatchObject({ dentry: { uuid, version: 2, size: 5 } });
		expect(service.files(root).map((file) => String(file.bytes))).toEqual(['three']);
	});

	it('returns the existing file', async () => {
		const first = await client.upload(root, 'a.txt', 'one');
		const option = { conflictStrategy: 'RETURN_DENTRY_IF_EXISTS' };
		expect((await client.upload(root, 'a.txt', 'three', option)).json).toEqual(first.json);
		expect(service.files(root).map((file) => String(file.bytes))).toEqual(['one']);
	});

	it('returns an error', async () => {
		await client.upload(root, 'a.txt', 'one');
		const option = { conflictStrategy: 'RETURN_ERROR_IF_EXISTS' };
		expect(codeOf(await client.upload(root, 'a.txt', 'three', option))).toEqual([
			400,
			'dentryNameConflict',
		]);
		const unknown = { conflictStrategy: 'SKIP' };
		expect(codeOf(await client.upload(root, 'b.txt', 'x', unknown))).toEqual([
			400,
			'paramError.conflictStrategy',
		]);
	});

	it('makes a second file when it is sent twice', async () => {
		const key = await uploadedKey();
		await client.commit(root, key, 'a.txt');
		await client.commit(root, key, 'a.txt');
		expect(service.files(root).map((file) => file.name)).toEqual(['a.txt', 'a (1).txt']);
	});

	it('takes three app properties with different names', async () => {
		const property = (name: string, visibility = 'PUBLIC') => ({ name, value: 'v', visibility });
		const attempt = async (...appProperties: object[]) =>
			await client.upload(root, 'a.txt', 'x', { appProperties });
		const names = ['a', 'b', 'c'];
		expect((await attempt(...names.map((name) => property(name)))).json).toMatchObject({
			dentry: { appProperties: { [SEED.corpId]: names.map((name) => ({ name })) } },
		});
		for (const wrong of [
			[...names, 'd'].map((name) => property(name)),
			[property('a'), property('a')],
			[property('a', 'SECRET')],
			[{ name: 'a' }],
		]) {
			expect(codeOf(await attempt(...wrong))).toEqual([400, 'paramError']);
		}
	});

	it('converts what can be an online document', async () => {
		const attempt = async (name: string, target?: string) =>
			await client.upload(root, name, 'x', {
				convertToOnlineDoc: true,
				...(target && { convertToOnlineDocTargetDocumentType: target }),
			});
		expect((await attempt('a.docx')).json).toMatchObject({
			dentry: { name: 'a.adoc', extension: 'adoc', category: 'ALI_DOC', storageDriver: 'ALIDOC' },
		});
		expect((await attempt('b.xlsx', 'WORKBOOK')).json).toMatchObject({
			dentry: { name: 'b.axls', extension: 'axls' },
		});
		for (const wrong of [await attempt('a.png'), await attempt('a.docx', 'WORKBOOK')]) {
			expect(codeOf(wrong)).toEqual([400, 'dentryFormatNotSupport']);
		}
		const large = Buffer.alloc(20 * 1024 * 1024 + 1);
		const refused = await client.upload(root, 'a.docx', large, { convertToOnlineDoc: true });
		expect(codeOf(refused)).toEqual([400, 'dentryFormatNotSupport']);
	});

	it('puts a file into a folder, where the node list shows it', async () => {
		const { dentryUuid, dentryId } = folders.invoices2026;
		expect((await client.upload(dentryUuid, 'photo.png', 'x')).json).toMatchObject({
			dentry: {
				path: '/Invoices/2026/photo.png',
				parentId: dentryId,
				category: 'IMAGE',
				thumbnail: { width: 64 },
			},
		});
		const query = { operatorId: operator.unionId, parentNodeId: dentryUuid };
		const { json } = await client.get('/v2.0/wiki/nodes', query);
		const [file] = service.files(dentryUuid);
		expect(json).toMatchObject({
			nodes: [{ name: 'March' }, { name: 'photo.png', type: 'FILE', nodeId: file.uuid }],
		});
	});
});
