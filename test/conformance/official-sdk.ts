import * as convFile from '@alicloud/dingtalk/dist/conv_file_1_0/client';
import * as doc from '@alicloud/dingtalk/dist/doc_1_0/client';
import * as doc2 from '@alicloud/dingtalk/dist/doc_2_0/client';
import * as oauth from '@alicloud/dingtalk/dist/oauth2_1_0/client';
import * as storage1 from '@alicloud/dingtalk/dist/storage_1_0/client';
import * as storage from '@alicloud/dingtalk/dist/storage_2_0/client';
import * as wiki from '@alicloud/dingtalk/dist/wiki_2_0/client';
import * as OpenApi from '@alicloud/openapi-client';
import { RuntimeOptions } from '@alicloud/tea-util';

import { SEED } from '../services/dingtalk';

/** Fields of a request, as a user of the SDK gives them. */
export type Fields = Record<string, unknown>;

/** The SDK's clients are CommonJS defaults, which arrive wrapped or not depending on the loader. */
function clientOf<T>(module: { default: T }): T {
	const inner = module.default as T & { default?: T };
	return inner.default ?? inner;
}

const runtime = new RuntimeOptions({});

/** The calls of `@alicloud/dingtalk` that the node makes too, in the name of the internal app. */
export class OfficialSdk {
	private readonly config: OpenApi.Config;

	constructor(apiUrl: string) {
		const endpoint = new URL(apiUrl).host;
		this.config = new OpenApi.Config({ protocol: 'http', regionId: 'central', endpoint });
	}

	async getAccessToken(): Promise<string> {
		const { appKey, appSecret } = SEED.app;
		const request = new oauth.GetAccessTokenRequest({ appKey, appSecret });
		const { body } = await new (clientOf(oauth))(this.config).getAccessToken(request);
		return body?.accessToken ?? '';
	}

	async getCorpAccessToken(fields: Fields): Promise<void> {
		const request = new oauth.GetCorpAccessTokenRequest(fields);
		await new (clientOf(oauth))(this.config).getCorpAccessToken(request);
	}

	async getFileUploadInfo(parentDentryUuid: string, fields: Fields) {
		const { option, ...rest } = fields as { option?: Fields };
		const check = option?.preCheckParam as Fields | undefined;
		const request = new storage.GetFileUploadInfoRequest({
			...rest,
			option:
				option &&
				new storage.GetFileUploadInfoRequestOption({
					...option,
					preCheckParam: check && new storage.GetFileUploadInfoRequestOptionPreCheckParam(check),
				}),
		});
		const headers = new storage.GetFileUploadInfoHeaders(await this.token());
		const client = new (clientOf(storage))(this.config);
		return await client.getFileUploadInfoWithOptions(parentDentryUuid, request, headers, runtime);
	}

	async commitFile(parentDentryUuid: string, fields: Fields) {
		const { option, ...rest } = fields as { option?: Fields };
		const properties = option?.appProperties as Fields[] | undefined;
		const request = new storage.CommitFileRequest({
			...rest,
			option:
				option &&
				new storage.CommitFileRequestOption({
					...option,
					appProperties: properties?.map(
						(property) => new storage.CommitFileRequestOptionAppProperties(property),
					),
				}),
		});
		const headers = new storage.CommitFileHeaders(await this.token());
		const client = new (clientOf(storage))(this.config);
		return await client.commitFileWithOptions(parentDentryUuid, request, headers, runtime);
	}

	async getResourceUploadInfo(docId: string, fields: Fields) {
		const request = new doc.GetResourceUploadInfoRequest(fields);
		const headers = new doc.GetResourceUploadInfoHeaders(await this.token());
		const client = new (clientOf(doc))(this.config);
		return await client.getResourceUploadInfoWithOptions(docId, request, headers, runtime);
	}

	async listWorkspaces(fields: Fields) {
		const request = new wiki.ListWorkspacesRequest(fields);
		const headers = new wiki.ListWorkspacesHeaders(await this.token());
		const client = new (clientOf(wiki))(this.config);
		return (await client.listWorkspacesWithOptions(request, headers, runtime)).body;
	}

	async getMineWorkspace(fields: Fields) {
		const request = new wiki.GetMineWorkspaceRequest(fields);
		const headers = new wiki.GetMineWorkspaceHeaders(await this.token());
		const client = new (clientOf(wiki))(this.config);
		return await client.getMineWorkspaceWithOptions(request, headers, runtime);
	}

	async getWorkspace(workspaceId: string, fields: Fields) {
		const request = new wiki.GetWorkspaceRequest(fields);
		const headers = new wiki.GetWorkspaceHeaders(await this.token());
		const client = new (clientOf(wiki))(this.config);
		return await client.getWorkspaceWithOptions(workspaceId, request, headers, runtime);
	}

	async listNodes(fields: Fields) {
		const request = new wiki.ListNodesRequest(fields);
		const headers = new wiki.ListNodesHeaders(await this.token());
		const client = new (clientOf(wiki))(this.config);
		return (await client.listNodesWithOptions(request, headers, runtime)).body;
	}

	async getNodeByUrl(fields: Fields) {
		const request = new wiki.GetNodeByUrlRequest(fields);
		const headers = new wiki.GetNodeByUrlHeaders(await this.token());
		const client = new (clientOf(wiki))(this.config);
		return await client.getNodeByUrlWithOptions(request, headers, runtime);
	}

	async getDentryIdByUuid(dentryUuid: string, fields: Fields) {
		const request = new doc2.GetDentryIdByUuidRequest(fields);
		const headers = new doc2.GetDentryIdByUuidHeaders(await this.token());
		const client = new (clientOf(doc2))(this.config);
		return await client.getDentryIdByUuidWithOptions(dentryUuid, request, headers, runtime);
	}

	async addFolder(spaceId: string, parentId: string, { option, ...fields }: Fields) {
		const request = new storage1.AddFolderRequest({
			...fields,
			option: option && new storage1.AddFolderRequestOption(option as Fields),
		});
		const headers = new storage1.AddFolderHeaders(await this.token());
		const client = new (clientOf(storage1))(this.config);
		return await client.addFolderWithOptions(spaceId, parentId, request, headers, runtime);
	}

	async listDentries(spaceId: string, fields: Fields) {
		const request = new storage1.ListDentriesRequest(fields);
		const headers = new storage1.ListDentriesHeaders(await this.token());
		const client = new (clientOf(storage1))(this.config);
		return (await client.listDentriesWithOptions(spaceId, request, headers, runtime)).body;
	}

	async renameDentry(spaceId: string, dentryId: string, fields: Fields) {
		const request = new storage1.RenameDentryRequest(fields);
		const headers = new storage1.RenameDentryHeaders(await this.token());
		const client = new (clientOf(storage1))(this.config);
		return await client.renameDentryWithOptions(spaceId, dentryId, request, headers, runtime);
	}

	async copyDentry(spaceId: string, dentryId: string, { option, ...fields }: Fields) {
		const request = new storage1.CopyDentryRequest({
			...fields,
			option: option && new storage1.CopyDentryRequestOption(option as Fields),
		});
		const headers = new storage1.CopyDentryHeaders(await this.token());
		const client = new (clientOf(storage1))(this.config);
		return await client.copyDentryWithOptions(spaceId, dentryId, request, headers, runtime);
	}

	async moveDentry(spaceId: string, dentryId: string, { option, ...fields }: Fields) {
		const request = new storage1.MoveDentryRequest({
			...fields,
			option: option && new storage1.MoveDentryRequestOption(option as Fields),
		});
		const headers = new storage1.MoveDentryHeaders(await this.token());
		const client = new (clientOf(storage1))(this.config);
		return await client.moveDentryWithOptions(spaceId, dentryId, request, headers, runtime);
	}

	async deleteDentry(spaceId: string, dentryId: string, fields: Fields) {
		const request = new storage1.DeleteDentryRequest(fields);
		const headers = new storage1.DeleteDentryHeaders(await this.token());
		const client = new (clientOf(storage1))(this.config);
		return await client.deleteDentryWithOptions(spaceId, dentryId, request, headers, runtime);
	}

	async getTask(taskId: string, fields: Fields) {
		const request = new storage1.GetTaskRequest(fields);
		const headers = new storage1.GetTaskHeaders(await this.token());
		const client = new (clientOf(storage1))(this.config);
		return await client.getTaskWithOptions(taskId, request, headers, runtime);
	}

	async revertVersion([spaceId, dentryId, version]: string[], fields: Fields) {
		const request = new storage1.RevertDentryVersionRequest(fields);
		const headers = new storage1.RevertDentryVersionHeaders(await this.token());
		const client = new (clientOf(storage1))(this.config);
		const ids = [spaceId, dentryId, version] as const;
		return await client.revertDentryVersionWithOptions(...ids, request, headers, runtime);
	}

	async addPermission(dentryUuid: string, { members, ...fields }: Fields) {
		const request = new storage.AddPermissionRequest({
			...fields,
			members: (members as Fields[]).map((each) => new storage.AddPermissionRequestMembers(each)),
		});
		const headers = new storage.AddPermissionHeaders(await this.token());
		const client = new (clientOf(storage))(this.config);
		return await client.addPermissionWithOptions(dentryUuid, request, headers, runtime);
	}

	async sendFile(fields: Fields) {
		const headers = new convFile.SendHeaders(await this.token());
		const client = new (clientOf(convFile))(this.config);
		return await client.sendWithOptions(new convFile.SendRequest(fields), headers, runtime);
	}

	async sendFileLink(fields: Fields) {
		const headers = new convFile.SendLinkHeaders(await this.token());
		const client = new (clientOf(convFile))(this.config);
		return await client.sendLinkWithOptions(new convFile.SendLinkRequest(fields), headers, runtime);
	}

	async getDentry(spaceId: string, dentryId: string, fields: Fields) {
		const request = new storage1.GetDentryRequest(fields);
		const headers = new storage1.GetDentryHeaders(await this.token());
		const client = new (clientOf(storage1))(this.config);
		return await client.getDentryWithOptions(spaceId, dentryId, request, headers, runtime);
	}

	async getFileDownloadInfo(spaceId: string, dentryId: string, { option, ...fields }: Fields) {
		const request = new storage1.GetFileDownloadInfoRequest({
			...fields,
			option: option && new storage1.GetFileDownloadInfoRequestOption(option as Fields),
		});
		const headers = new storage1.GetFileDownloadInfoHeaders(await this.token());
		const client = new (clientOf(storage1))(this.config);
		const ids = [spaceId, dentryId] as const;
		return await client.getFileDownloadInfoWithOptions(...ids, request, headers, runtime);
	}

	async searchDentries({ option, ...fields }: Fields) {
		const created = (option as Fields | undefined)?.createTimeRange as Fields | undefined;
		const request = new storage.SearchDentriesRequest({
			...fields,
			option:
				option &&
				new storage.SearchDentriesRequestOption({
					...option,
					createTimeRange:
						created && new storage.SearchDentriesRequestOptionCreateTimeRange(created),
				}),
		});
		const headers = new storage.SearchDentriesHeaders(await this.token());
		const client = new (clientOf(storage))(this.config);
		return (await client.searchDentriesWithOptions(request, headers, runtime)).body;
	}

	/** Inside its life the service gives an app the same token again, so both clients have one. */
	private async token(): Promise<{ xAcsDingtalkAccessToken: string }> {
		return { xAcsDingtalkAccessToken: await this.getAccessToken() };
	}
}
