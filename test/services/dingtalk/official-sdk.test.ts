import { createHash } from 'node:crypto';
import * as oauth from '@alicloud/dingtalk/dist/oauth2_1_0/client';
import * as storage from '@alicloud/dingtalk/dist/storage_2_0/client';
import * as doc from '@alicloud/dingtalk/dist/doc_1_0/client';
import * as doc2 from '@alicloud/dingtalk/dist/doc_2_0/client';
import * as wiki from '@alicloud/dingtalk/dist/wiki_2_0/client';
import * as OpenApi from '@alicloud/openapi-client';
import { RuntimeOptions } from '@alicloud/tea-util';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SEED, startLocalDingTalk } from './index';
import { send } from '../core/send';
import { useService } from '../core/use-service';

/** The SDK's clients are CommonJS defaults, which arrive wrapped or not depending on the loader. */
function clientOf<T>(module: { default: T }): T {
	const inner = module.default as T & { default?: T };
	return inner.default ?? inner;
}

const runtime = new RuntimeOptions({});
const { unionId } = SEED.operator;
const { teamHandbook, folders, documents } = SEED;
const service = useService(async () => await startLocalDingTalk({ keepBytes: true }));
let config: OpenApi.Config;
let accessToken: string;

beforeAll(() => {
	config = new OpenApi.Config({
		protocol: 'http',
		regionId: 'central',
		endpoint: new URL(service.apiUrl).host,
	});
});

beforeEach(async () => {
	const client = new (clientOf(oauth))(config);
	const { appKey, appSecret } = SEED.app;
	const answer = await client.getAccessToken(
		new oauth.GetAccessTokenRequest({ appKey, appSecret }),
	);
	accessToken = answer.body?.accessToken ?? '';
	expect(answer.body?.expireIn).toBe(7200);
});

describe('the official SDK', () => {
	it('uploads a file in three steps', async () => {
		const client = new (clientOf(storage))(config);
		const bytes = Buffer.from('The quick brown fox 知识库');
		const info = await client.getFileUploadInfoWithOptions(
			teamHandbook.rootDentryUuid,
			new storage.GetFileUploadInfoRequest({
				unionId,
				protocol: 'HEADER_SIGNATURE',
				option: new storage.GetFileUploadInfoRequestOption({
					storageDriver: 'DINGTALK',
					preferRegion: 'SHANGHAI',
					preferIntranet: true,
					preCheckParam: new storage.GetFileUploadInfoRequestOptionPreCheckParam({
						name: 'fox.txt',
						size: bytes.length,
					}),
				}),
			}),
			new storage.GetFileUploadInfoHeaders({ xAcsDingtalkAccessToken: accessToken }),
			runtime,
		);
		const { uploadKey, headerSignatureInfo, protocol, storageDriver } = info.body ?? {};
		expect({ protocol, storageDriver }).toEqual({
			protocol: 'HEADER_SIGNATURE',
			storageDriver: 'DINGTALK',
		});
		const {
			resourceUrls = [],
			headers = {},
			region,
			expirationSeconds,
		} = headerSignatureInfo ?? {};
		expect(Object.keys(headers).sort()).toEqual(['Authorization', 'x-oss-date']);
		expect({ region, expirationSeconds }).toEqual({ region: 'SHANGHAI', expirationSeconds: 900 });

		const put = await send(resourceUrls[0], {
			method: 'PUT',
			headers: { ...headers, 'content-type': '' },
			body: bytes,
		});
		expect(put.status).toBe(200);

		const committed = await client.commitFileWithOptions(
			teamHandbook.rootDentryUuid,
			new storage.CommitFileRequest({
				unionId,
				uploadKey,
				name: 'fox.txt',
				option: new storage.CommitFileRequestOption({
					size: bytes.length,
					conflictStrategy: 'AUTO_RENAME',
					appProperties: [
						new storage.CommitFileRequestOptionAppProperties({
							name: 'source',
							value: 'test',
							visibility: 'PRIVATE',
						}),
					],
				}),
			}),
			new storage.CommitFileHeaders({ xAcsDingtalkAccessToken: accessToken }),
			runtime,
		);
		const dentry = committed.body?.dentry;
		expect(dentry).toMatchObject({
			name: 'fox.txt',
			size: bytes.length,
			path: '/fox.txt',
			parentId: '0',
			spaceId: teamHandbook.spaceId,
			type: 'FILE',
			extension: 'txt',
			category: 'DOCUMENT',
			status: 'NORMAL',
			version: 1,
			creatorId: unionId,
			storageDriver: 'DINGTALK',
			partitionType: 'PUBLIC_OSS_PARTITION',
		});
		expect(dentry?.appProperties?.[SEED.corpId][0]).toMatchObject({ name: 'source' });
		const [file] = service.files(teamHandbook.rootDentryUuid);
		expect(file.uuid).toBe(dentry?.uuid);
		expect(file.bytes).toEqual(bytes);
		expect(file.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
	});

	it('uploads a document resource', async () => {
		const client = new (clientOf(doc))(config);
		const bytes = Buffer.from('not really a picture');
		const info = await client.getResourceUploadInfoWithOptions(
			documents.meetingNotes.dentryUuid,
			new doc.GetResourceUploadInfoRequest({
				operatorId: unionId,
				mediaType: 'image/png',
				resourceName: 'logo.png',
				size: bytes.length,
			}),
			new doc.GetResourceUploadInfoHeaders({ xAcsDingtalkAccessToken: accessToken }),
			runtime,
		);
		expect(info.body?.success).toBe(true);
		const { uploadUrl = '', resourceId, resourceUrl } = info.body?.result ?? {};
		expect(resourceUrl).toBe(`/core/api/resources/img/${resourceId}`);
		expect(service.resources()).toEqual([]);
		const put = await send(uploadUrl, {
			method: 'PUT',
			headers: { 'content-type': 'image/png' },
			body: bytes,
		});
		expect(put.status).toBe(200);
		expect(service.resources()).toMatchObject([
			{ resourceId, name: 'logo.png', mediaType: 'image/png', size: bytes.length, bytes },
		]);
	});

	it('finds knowledge bases, nodes and links', async () => {
		const client = new (clientOf(wiki))(config);
		const operatorId = unionId;
		const token = { xAcsDingtalkAccessToken: accessToken };

		const names: string[] = [];
		let nextToken: string | undefined;
		do {
			const { body } = await client.listWorkspacesWithOptions(
				new wiki.ListWorkspacesRequest({ operatorId, nextToken, withPermissionRole: true }),
				new wiki.ListWorkspacesHeaders(token),
				runtime,
			);
			names.push(...(body?.workspaces ?? []).map((one) => one.name ?? ''));
			nextToken = body?.nextToken;
		} while (nextToken);
		expect(names).toEqual(SEED.knowledgeBases.map((one) => one.name));
		expect(service.callsOf('listWorkspaces')).toHaveLength(2);

		const mine = await client.getMineWorkspaceWithOptions(
			new wiki.GetMineWorkspaceRequest({ operatorId }),
			new wiki.GetMineWorkspaceHeaders(token),
			runtime,
		);
		expect(mine.body?.workspace?.rootNodeId).toBe(SEED.myDocuments.rootDentryUuid);

		const nodes = await client.listNodesWithOptions(
			new wiki.ListNodesRequest({ operatorId, parentNodeId: teamHandbook.rootDentryUuid }),
			new wiki.ListNodesHeaders(token),
			runtime,
		);
		expect(nodes.body?.nodes?.map((one) => one.name)).toContain('Invoices');

		const byUrl = await client.getNodeByUrlWithOptions(
			new wiki.GetNodeByUrlRequest({ operatorId, url: folders.invoices2026.url }),
			new wiki.GetNodeByUrlHeaders(token),
			runtime,
		);
		expect(byUrl.body?.node?.nodeId).toBe(folders.invoices2026.dentryUuid);
	});

	it('makes a folder and asks for its numeric ids', async () => {
		const made = await new (clientOf(doc))(config).createWorkspaceDocWithOptions(
			teamHandbook.workspaceId,
			new doc.CreateWorkspaceDocRequest({
				name: 'April',
				docType: 'FOLDER',
				operatorId: unionId,
				parentNodeId: folders.invoices2026.dentryUuid,
			}),
			new doc.CreateWorkspaceDocHeaders({ xAcsDingtalkAccessToken: accessToken }),
			runtime,
		);
		const { dentryUuid = '' } = made.body ?? {};
		const ids = await new (clientOf(doc2))(config).getDentryIdByUuidWithOptions(
			dentryUuid,
			new doc2.GetDentryIdByUuidRequest({ operatorId: unionId }),
			new doc2.GetDentryIdByUuidHeaders({ xAcsDingtalkAccessToken: accessToken }),
			runtime,
		);
		expect(ids.body).toMatchObject({ dentryUuid, spaceId: teamHandbook.spaceId });
	});

	it('reads the errors as the service means them', async () => {
		const client = new (clientOf(storage))(config);
		const ask = async (token: string) =>
			await client.getFileUploadInfoWithOptions(
				teamHandbook.rootDentryUuid,
				new storage.GetFileUploadInfoRequest({ unionId, protocol: 'HEADER_SIGNATURE' }),
				new storage.GetFileUploadInfoHeaders({ xAcsDingtalkAccessToken: token }),
				runtime,
			);
		await expect(ask('nonsense')).rejects.toMatchObject({
			code: 'InvalidAuthentication',
			data: { statusCode: 400 },
		});
		const { appKey, appSecret } = SEED.appWithoutScopes;
		const bare = await new (clientOf(oauth))(config).getAccessToken(
			new oauth.GetAccessTokenRequest({ appKey, appSecret }),
		);
		await expect(ask(bare.body?.accessToken ?? '')).rejects.toMatchObject({
			code: 'Forbidden.AccessDenied.AccessTokenPermissionDenied',
			accessDeniedDetail: { requiredScopes: ['Storage.UploadInfo.Read'] },
		});
	});
});
