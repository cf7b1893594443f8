import { commitFile } from '../../../../../nodes/DingTalkKnowledgeBase/api/commit-file';
import { createFolder } from '../../../../../nodes/DingTalkKnowledgeBase/api/create-folder';
import { getDentry } from '../../../../../nodes/DingTalkKnowledgeBase/api/get-dentry';
import { getDentryIds } from '../../../../../nodes/DingTalkKnowledgeBase/api/get-dentry-ids';
import {
	unionIdOfUser,
	userIdOfMobile,
} from '../../../../../nodes/DingTalkKnowledgeBase/api/find-user';
import { getDownloadInfo } from '../../../../../nodes/DingTalkKnowledgeBase/api/get-download-info';
import { getFileUploadInfo } from '../../../../../nodes/DingTalkKnowledgeBase/api/get-file-upload-info';
import { getResourceUploadInfo } from '../../../../../nodes/DingTalkKnowledgeBase/api/get-resource-upload-info';
import { getWorkspace } from '../../../../../nodes/DingTalkKnowledgeBase/api/get-workspace';
import { listNodes, nodeByUrl } from '../../../../../nodes/DingTalkKnowledgeBase/api/list-nodes';
import {
	getMyWorkspace,
	listWorkspaces,
} from '../../../../../nodes/DingTalkKnowledgeBase/api/list-workspaces';
import { resolveLink } from '../../../../../nodes/DingTalkKnowledgeBase/api/resolve-link';
import { searchDentries } from '../../../../../nodes/DingTalkKnowledgeBase/api/search-dentries';
import { anArrayOf, anObject, optional, text, type Shape } from '../../../support/shapes';
import type { ApiFunction, Ids } from './api-function';

const isFlag: Shape = (value) => typeof value === 'boolean';
const workspace = { workspaceId: 'w', name: 'Wiki', rootNodeId: 'r' };
const node = { nodeId: 'n', name: 'Folder', type: 'FOLDER', hasChildren: true, workspaceId: 'w' };
const aWorkspace = anObject({ workspaceId: text, name: text, rootNodeId: text });
const aNode = anObject({
	nodeId: text,
	name: text,
	type: text,
	hasChildren: isFlag,
	workspaceId: optional(text),
});
const isTime: Shape = (value) =>
	typeof value === 'number' && !Number.isNaN(new Date(value).getTime());
const isHeaders: Shape = (value) =>
	typeof value === 'object' && value !== null && Object.values(value).every(text);

const dentryIds = anObject({ spaceId: text, dentryId: text });

const ofOperator = { operatorId: ({ operator }: Ids) => operator };

/** Every function that makes calls. */
export const FUNCTIONS: Record<string, ApiFunction> = {
	getFileUploadInfo: {
		file: 'get-file-upload-info',
		make: async (client, { parent, operator }) =>
			await getFileUploadInfo(client, { parentDentryUuid: parent, unionId: operator, name: 'a.b' }),
		requests: [
			{
				path: [
					...['v2.0', 'storage', 'spaces', 'files'],
					({ parent }) => parent,
					...['uploadInfos', 'query'],
				],
				query: { unionId: ({ operator }) => operator },
				answer: () => ({
					body: {
						uploadKey: 'key',
						storageDriver: 'DINGTALK',
						protocol: 'HEADER_SIGNATURE',
						headerSignatureInfo: {
							resourceUrls: ['https://storage.example.com/a'],
							headers: { Authorization: 'OSS k:s', 'x-oss-date': 'now' },
							expirationSeconds: 900,
							region: 'ZHANGJIAKOU',
						},
					},
				}),
			},
		],
		steps: ['getUploadInfo'],
		result: anObject({
			uploadKey: text,
			headerSignatureInfo: anObject({ resourceUrls: anArrayOf(text, 1), headers: isHeaders }),
			expiresAt: isTime,
		}),
	},
	getResourceUploadInfo: {
		file: 'get-resource-upload-info',
		make: async (client, { parent, operator }) =>
			await getResourceUploadInfo(client, {
				...{ docId: parent, operatorId: operator },
				...{ size: 1, mediaType: 'a/b', resourceName: 'x' },
			}),
		requests: [
			{
				path: [
					...['v1.0', 'doc', 'docs', 'resources'],
					({ parent }) => parent,
					...['uploadInfos', 'query'],
				],
				query: ofOperator,
				answer: () => ({
					body: {
						success: true,
						result: {
							uploadUrl: 'https://storage.example.com/a',
							resourceId: 'i',
							resourceUrl: '/r',
						},
					},
				}),
			},
		],
		steps: ['getResourceUploadInfo'],
		result: anObject({ uploadUrl: text, resourceId: text, resourceUrl: text }),
	},
	commitFile: {
		file: 'commit-file',
		make: async (client, { parent, operator }) =>
			await commitFile(client, {
				...{ parentDentryUuid: parent, unionId: operator },
				...{ uploadKey: 'k', name: 'a.txt', option: {} },
			}),
		requests: [
			{
				path: [...['v2.0', 'storage', 'spaces', 'files'], ({ parent }) => parent, 'commit'],
				query: { unionId: ({ operator }) => operator },
				answer: () => ({ body: { dentry: { uuid: 'u', name: 'a.txt', size: 1 } } }),
			},
		],
		steps: ['commit'],
		result: anObject({ uuid: text, name: text }),
	},
	createFolder: {
		file: 'create-folder',
		make: async (client, { space, dentry, operator }) =>
			await createFolder(client, {
				parent: { spaceId: space, dentryId: dentry },
				...{ name: 'f', unionId: operator },
			}),
		requests: [
			{
				path: [
					...['v1.0', 'storage', 'spaces'],
					({ space }) => space,
					'dentries',
					({ dentry }) => dentry,
					'folders',
				],
				query: { unionId: ({ operator }) => operator },
				answer: () => ({ body: { dentry: { uuid: 'u', type: 'FOLDER', id: '1', spaceId: 2 } } }),
			},
		],
		steps: ['createFolder'],
		result: anObject({ dentryUuid: text, isFile: isFlag, ids: optional(dentryIds) }),
	},
	getDentryIds: {
		file: 'get-dentry-ids',
		make: async (client, { parent, operator }) =>
			await getDentryIds(client, { dentryUuid: parent, operatorId: operator }),
		requests: [
			{
				path: ['v2.0', 'doc', 'dentries', ({ parent }) => parent, 'queryDentryId'],
				query: ofOperator,
				answer: () => ({ body: { spaceId: 1, dentryId: '0' } }),
			},
		],
		steps: ['findDentryId'],
		result: dentryIds,
	},
	getDentry: {
		file: 'get-dentry',
		make: async (client, { space, dentry, operator }) =>
			await getDentry(client, { spaceId: space, dentryId: dentry, unionId: operator }),
		requests: [
			{
				path: [
					...['v1.0', 'storage', 'spaces', ({ space }: Ids) => space],
					...['dentries', ({ dentry }: Ids) => dentry, 'query'],
				],
				query: { unionId: ({ operator }) => operator },
				answer: ({ space, dentry }) => ({
					body: { dentry: { uuid: 'u', name: 'a.txt', id: dentry, spaceId: space } },
				}),
			},
		],
		steps: ['getFile'],
		result: anObject({ uuid: text, name: text, id: text, spaceId: text }),
	},
	getDownloadInfo: {
		file: 'get-download-info',
		make: async (client, { space, dentry, operator }) =>
			await getDownloadInfo(client, { spaceId: space, dentryId: dentry, unionId: operator }),
		requests: [
			{
				path: [
					...['v1.0', 'storage', 'spaces', ({ space }: Ids) => space],
					...['dentries', ({ dentry }: Ids) => dentry],
					...['downloadInfos', 'query'],
				],
				query: { unionId: ({ operator }) => operator },
				answer: () => ({
					body: {
						protocol: 'HEADER_SIGNATURE',
						headerSignatureInfo: {
							resourceUrls: ['https://storage.example.com/a'],
							headers: { Authorization: 'OSS k:s', 'x-oss-date': 'now' },
							expirationSeconds: 900,
							region: 'ZHANGJIAKOU',
						},
					},
				}),
			},
		],
		steps: ['getDownloadInfo'],
		result: anObject({ url: text, headers: isHeaders, expiresAt: isTime }),
	},
	getWorkspace: {
		file: 'get-workspace',
		make: async (client, { parent, operator }) =>
			await getWorkspace(client, { workspaceId: parent, operatorId: operator }),
		requests: [
			{
				path: ['v2.0', 'wiki', 'workspaces', ({ parent }) => parent],
				query: ofOperator,
				answer: () => ({ body: { workspace } }),
			},
		],
		steps: ['getKnowledgeBase'],
		result: aWorkspace,
	},
	listNodes: {
		file: 'list-nodes',
		make: async (client, { parent, operator, page }) =>
			await listNodes(client, { parentNodeId: parent, operatorId: operator, nextToken: page }),
		requests: [
			{
				path: ['v2.0', 'wiki', 'nodes'],
				query: {
					...ofOperator,
					parentNodeId: ({ parent }) => parent,
					nextToken: ({ page }) => page,
					maxResults: '50',
				},
				answer: () => ({ body: { nodes: [node], nextToken: 'next' } }),
			},
		],
		steps: ['listFolder'],
		result: anObject({ nodes: anArrayOf(aNode), nextToken: text }),
	},
	nodeByUrl: {
		file: 'list-nodes',
		make: async (client, { parent, operator }) =>
			await nodeByUrl(client, { url: parent, operatorId: operator }),
		requests: [
			{
				path: ['v2.0', 'wiki', 'nodes', 'queryByUrl'],
				query: ofOperator,
				answer: () => ({ body: { node } }),
			},
		],
		steps: ['resolveLink'],
		result: aNode,
	},
	listWorkspaces: {
		file: 'list-workspaces',
		make: async (client, { operator, page }) =>
			await listWorkspaces(client, { operatorId: operator, nextToken: page }),
		requests: [
			{
				path: ['v2.0', 'wiki', 'workspaces'],
				query: {
					...ofOperator,
					nextToken: ({ page }) => page,
					...{ maxResults: '30', orderBy: 'VIEW_TIME_DESC' },
				},
				answer: () => ({ body: { workspaces: [workspace], nextToken: '' } }),
			},
		],
		steps: ['listKnowledgeBases'],
		result: anObject({ workspaces: anArrayOf(aWorkspace), nextToken: text }),
	},
	getMyWorkspace: {
		file: 'list-workspaces',
		make: async (client, { operator }) => await getMyWorkspace(client, { operatorId: operator }),
		requests: [
			{
				path: ['v2.0', 'wiki', 'mineWorkspaces'],
				query: ofOperator,
				answer: () => ({ body: { workspace } }),
			},
		],
		steps: ['getMyDocuments'],
		result: aWorkspace,
	},
	resolveLink: {
		file: 'resolve-link',
		make: async (client, { parent, operator }) =>
			await resolveLink(client, { url: parent, operatorId: operator }),
		requests: [
			{
				path: ['v2.0', 'wiki', 'nodes', 'queryByUrl'],
				query: ofOperator,
				answer: () => ({ status: 404, body: { code: 'notFound', message: 'not found' } }),
			},
			{
				path: ['v2.0', 'doc', 'documents', 'queryDentryUuid'],
				query: { ...ofOperator, idOrUrl: ({ parent }) => parent },
				answer: () => ({ body: { dentryUuid: 'd' } }),
			},
		],
		steps: ['resolveLink', 'resolveDocumentLink'],
		result: anObject({ dentryUuid: text, workspaceId: optional(text) }),
	},
	searchDentries: {
		file: 'search-dentries',
		make: async (client, { parent, operator, page }) =>
			await searchDentries(client, {
				...{ keyword: parent, operatorId: operator, nextToken: page, categories: [] },
			}),
		requests: [
			{
				path: ['v2.0', 'storage', 'dentries', 'search'],
				query: ofOperator,
				answer: () => ({
					body: {
						items: [{ dentryUuid: 'd', name: 'n', path: { longPath: '/p', url: 'https://x' } }],
						nextToken: 'n',
					},
				}),
			},
		],
		steps: ['searchDocuments'],
		result: anObject({
			items: anArrayOf(
				anObject({ dentryUuid: text, name: text, path: optional(text), url: optional(text) }),
			),
			nextToken: text,
		}),
	},
	unionIdOfUser: {
		file: 'find-user',
		make: async (client, { parent }) => await unionIdOfUser(client, parent),
		requests: [
			{
				path: ['topapi', 'v2', 'user', 'get'],
				query: { access_token: 'token-that-is-secret' },
				answer: () => ({ body: { errcode: 0, errmsg: 'ok', result: { unionid: 'u' } } }),
			},
		],
		steps: ['findOperator'],
		result: text,
	},
	userIdOfMobile: {
		file: 'find-user',
		make: async (client, { parent }) => await userIdOfMobile(client, parent),
		requests: [
			{
				path: ['topapi', 'v2', 'user', 'getbymobile'],
				query: { access_token: 'token-that-is-secret' },
				answer: () => ({ body: { errcode: 0, errmsg: 'ok', result: { userid: 'u' } } }),
			},
		],
		steps: ['findOperator'],
		result: text,
	},
};

/** Files of `api/` without a call of their own, but for that for a token, which has no ids. */
export const OTHER_FILES = [
	...['access-token', 'client', 'credentials', 'dentry', 'error-catalog', 'fetch-access-token'],
	...['header-signature', 'service-error'],
];
