import * as convFile from '@alicloud/dingtalk/dist/conv_file_1_0/client';
import * as doc from '@alicloud/dingtalk/dist/doc_1_0/client';
import * as doc2 from '@alicloud/dingtalk/dist/doc_2_0/client';
import * as oauth from '@alicloud/dingtalk/dist/oauth2_1_0/client';
import * as storage1 from '@alicloud/dingtalk/dist/storage_1_0/client';
import * as storage from '@alicloud/dingtalk/dist/storage_2_0/client';
import * as wiki from '@alicloud/dingtalk/dist/wiki_2_0/client';

import type { CallName } from '../services/dingtalk';

/** A part of a request in the SDK; it knows the names of its fields on the wire. */
interface Part {
	names(): Record<string, string>;
}

interface Request {
	call: CallName;
	/** Module and method of the SDK. */
	method: string;
	/** The classes of its request, by where they are in it. */
	parts: Record<string, Part>;
}

/** The SDK's side of each call that is compared. */
export const REQUESTS: Request[] = [
	{
		call: 'token',
		method: 'oauth2_1_0.getAccessToken',
		parts: { '': oauth.GetAccessTokenRequest },
	},
	{
		call: 'corpToken',
		method: 'oauth2_1_0.getCorpAccessToken',
		parts: { '': oauth.GetCorpAccessTokenRequest },
	},
	{
		call: 'uploadInfo',
		method: 'storage_2_0.getFileUploadInfo',
		parts: {
			'': storage.GetFileUploadInfoRequest,
			'option.': storage.GetFileUploadInfoRequestOption,
			'option.preCheckParam.': storage.GetFileUploadInfoRequestOptionPreCheckParam,
		},
	},
	{
		call: 'commit',
		method: 'storage_2_0.commitFile',
		parts: {
			'': storage.CommitFileRequest,
			'option.': storage.CommitFileRequestOption,
			'option.appProperties.': storage.CommitFileRequestOptionAppProperties,
		},
	},
	{
		call: 'docUploadInfo',
		method: 'doc_1_0.getResourceUploadInfo',
		parts: { '': doc.GetResourceUploadInfoRequest },
	},
	{
		call: 'listWorkspaces',
		method: 'wiki_2_0.listWorkspaces',
		parts: { '': wiki.ListWorkspacesRequest },
	},
	{
		call: 'mineWorkspace',
		method: 'wiki_2_0.getMineWorkspace',
		parts: { '': wiki.GetMineWorkspaceRequest },
	},
	{
		call: 'getWorkspace',
		method: 'wiki_2_0.getWorkspace',
		parts: { '': wiki.GetWorkspaceRequest },
	},
	{ call: 'listNodes', method: 'wiki_2_0.listNodes', parts: { '': wiki.ListNodesRequest } },
	{ call: 'queryByUrl', method: 'wiki_2_0.getNodeByUrl', parts: { '': wiki.GetNodeByUrlRequest } },
	{
		call: 'queryDentryId',
		method: 'doc_2_0.getDentryIdByUuid',
		parts: { '': doc2.GetDentryIdByUuidRequest },
	},
	{
		call: 'createFolder',
		method: 'storage_1_0.addFolder',
		parts: { '': storage1.AddFolderRequest, 'option.': storage1.AddFolderRequestOption },
	},
	{
		call: 'listDentries',
		method: 'storage_1_0.listDentries',
		parts: { '': storage1.ListDentriesRequest },
	},
	{
		call: 'renameDentry',
		method: 'storage_1_0.renameDentry',
		parts: { '': storage1.RenameDentryRequest },
	},
	{
		call: 'copyDentry',
		method: 'storage_1_0.copyDentry',
		parts: { '': storage1.CopyDentryRequest, 'option.': storage1.CopyDentryRequestOption },
	},
	{
		call: 'moveDentry',
		method: 'storage_1_0.moveDentry',
		parts: { '': storage1.MoveDentryRequest, 'option.': storage1.MoveDentryRequestOption },
	},
	{
		call: 'deleteDentry',
		method: 'storage_1_0.deleteDentry',
		parts: { '': storage1.DeleteDentryRequest },
	},
	{ call: 'getTask', method: 'storage_1_0.getTask', parts: { '': storage1.GetTaskRequest } },
	{
		call: 'revertVersion',
		method: 'storage_1_0.revertDentryVersion',
		parts: { '': storage1.RevertDentryVersionRequest },
	},
	{
		call: 'addPermission',
		method: 'storage_2_0.addPermission',
		parts: {
			'': storage.AddPermissionRequest,
			'members.': storage.AddPermissionRequestMembers,
		},
	},
	{ call: 'sendFile', method: 'convFile_1_0.send', parts: { '': convFile.SendRequest } },
	{
		call: 'sendFileLink',
		method: 'convFile_1_0.sendLink',
		parts: { '': convFile.SendLinkRequest },
	},
	{
		call: 'getDentry',
		method: 'storage_1_0.getDentry',
		parts: { '': storage1.GetDentryRequest },
	},
	{
		call: 'downloadInfo',
		method: 'storage_1_0.getFileDownloadInfo',
		parts: {
			'': storage1.GetFileDownloadInfoRequest,
			'option.': storage1.GetFileDownloadInfoRequestOption,
		},
	},
	{
		call: 'searchDentries',
		method: 'storage_2_0.searchDentries',
		parts: {
			'': storage.SearchDentriesRequest,
			'option.': storage.SearchDentriesRequestOption,
			'option.createTimeRange.': storage.SearchDentriesRequestOptionCreateTimeRange,
		},
	},
];

/** The names of all fields that a request of the SDK can have, e.g. `option.size`. */
export function fieldNamesOf({ parts }: Request): string[] {
	return Object.entries(parts).flatMap(([place, part]) =>
		Object.values(part.names()).map((name) => `${place}${name}`),
	);
}
