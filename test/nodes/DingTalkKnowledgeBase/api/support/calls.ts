import { addPermissions } from '../../../../../nodes/DingTalkKnowledgeBase/api/add-permissions';
import { commitFile } from '../../../../../nodes/DingTalkKnowledgeBase/api/commit-file';
import { createFolder } from '../../../../../nodes/DingTalkKnowledgeBase/api/create-folder';
import { deleteDentry } from '../../../../../nodes/DingTalkKnowledgeBase/api/delete-dentry';
import { getDentry } from '../../../../../nodes/DingTalkKnowledgeBase/api/get-dentry';
import { getDentryIds } from '../../../../../nodes/DingTalkKnowledgeBase/api/get-dentry-ids';
import {
	unionIdOfUser,
	userIdOfMobile,
	userIdOfUnionId,
} from '../../../../../nodes/DingTalkKnowledgeBase/api/find-user';
import { getDownloadInfo } from '../../../../../nodes/DingTalkKnowledgeBase/api/get-download-info';
import { getFileUploadInfo } from '../../../../../nodes/DingTalkKnowledgeBase/api/get-file-upload-info';
import { getResourceUploadInfo } from '../../../../../nodes/DingTalkKnowledgeBase/api/get-resource-upload-info';
import { getTask } from '../../../../../nodes/DingTalkKnowledgeBase/api/get-task';
import { getWorkspace } from '../../../../../nodes/DingTalkKnowledgeBase/api/get-workspace';
import { listDentries } from '../../../../../nodes/DingTalkKnowledgeBase/api/list-dentries';
import { listNodes, nodeByUrl } from '../../../../../nodes/DingTalkKnowledgeBase/api/list-nodes';
import {
	getMyWorkspace,
	listWorkspaces,
} from '../../../../../nodes/DingTalkKnowledgeBase/api/list-workspaces';
import { renameDentry } from '../../../../../nodes/DingTalkKnowledgeBase/api/rename-dentry';
import { resolveLink } from '../../../../../nodes/DingTalkKnowledgeBase/api/resolve-link';
import { revertVersion } from '../../../../../nodes/DingTalkKnowledgeBase/api/revert-version';
import { searchDentries } from '../../../../../nodes/DingTalkKnowledgeBase/api/search-dentries';
import { sendCopy, sendLink } from '../../../../../nodes/DingTalkKnowledgeBase/api/send-to-chat';
import {
	copyDentry,
	moveDentry,
} from '../../../../../nodes/DingTalkKnowledgeBase/api/transfer-dentry';
import { anArrayOf, anObject, optional, text, type Shape } from '../../../support/shapes';
import type { ApiFunction, ExpectedRequest, Ids } from './api-function';

const isFlag: Shape = (value) => typeof value === 'boolean';
const workspace = { workspaceId: 'w', name: 'Wiki', rootNodeId: 'r' };
const node = { nodeId: 'n', name: 'Folder', type: 'FOLDER', hasChildren: true, workspaceId: 'w' };
const anyObject = anObject({});
const aWorkspace = anObject({ workspaceId: text, name: text, rootNodeId: text, raw: anyObject });
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

const aDentry = anObject({ uuid: text, name: text, id: text, spaceId: text });

/** The path of a call about a file or folder. */
const dentryPath = (...more: ExpectedRequest['path']): ExpectedRequest['path'] => [
	...['v1.0', 'storage', 'spaces', ({ space }: Ids) => space],
	...['dentries', ({ dentry }: Ids) => dentry, ...more],
];

const ofUnion = { unionId: ({ operator }: Ids) => operator };

const ofOperator = { operatorId: ({ operator }: Ids) => operator };

const isTrue: Shape = (value) => value === true;

/** A copy or a move into a folder of the same space. */
const transfer = (what: string, call: typeof copyDentry): ApiFunction => ({
	file: 'transfer-dentry',
	make: async (client, { space, dentry, operator }) =>
		await call(client, {
			...{ spaceId: space, dentryId: dentry, unionId: operator },
			target: { spaceId: space, dentryId: '1' },
		}),
	requests: [
		{
			path: dentryPath(what),
			query: ofUnion,
			answer: ({ space, dentry }) => ({
				body: {
					dentry: { uuid: 'u', name: 'b.txt', id: `${dentry}2`, spaceId: space },
					async: false,
				},
			}),
		},
	],
	steps: [`${what}File`],
	result: anObject({ dentry: optional(aDentry), taskId: optional(text) }),
});

const sending = (way: string[], call: typeof sendLink): ApiFunction => ({
	file: 'send-to-chat',
	make: async (client, { space, dentry, operator }) =>
		await call(client, {
			...{ spaceId: space, dentryId: dentry, unionId: operator },
			openConversationId: 'cid',
		}),
	requests: [
		{
			path: ['v1.0', 'convFile', 'conversations', 'files', ...way],
			query: ofUnion,
			answer: () => ({ body: { file: { id: '1', uuid: 'u' } } }),
		},
	],
	steps: ['sendToChat'],
	result: anObject({}),
});

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
		result: anObject({
			...{ dentryUuid: text, isFile: isFlag, ids: optional(dentryIds) },
			dentry: anObject({ uuid: text }),
		}),
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
	listDentries: {
		file: 'list-dentries',
		make: async (client, { space, dentry, operator, page }) =>
			await listDentries(client, {
				folder: { spaceId: space, dentryId: dentry },
				...{ unionId: operator, maxResults: 7, nextToken: page },
			}),
		requests: [
			{
				path: ['v1.0', 'storage', 'spaces', ({ space }) => space, 'dentries'],
				query: {
					unionId: ({ operator }) => operator,
					parentId: ({ dentry }) => dentry,
					nextToken: ({ page }) => page,
					...{ maxResults: '7', orderBy: 'NAME', order: 'ASC' },
				},
				answer: ({ space }) => ({
					body: {
						dentries: [{ uuid: 'u', name: 'a.txt', id: '1', spaceId: space, type: 'FILE' }],
						nextToken: 'next',
					},
				}),
			},
		],
		steps: ['listFiles'],
		result: anObject({
			entries: anArrayOf(anObject({ uuid: text, name: text, id: text, spaceId: text })),
			nextToken: text,
		}),
	},
	renameDentry: {
		file: 'rename-dentry',
		make: async (client, { space, dentry, operator }) =>
			await renameDentry(client, {
				...{ spaceId: space, dentryId: dentry, unionId: operator },
				newName: 'b.txt',
			}),
		requests: [
			{
				path: dentryPath('rename'),
				query: ofUnion,
				answer: ({ space, dentry }) => ({
					body: { dentry: { uuid: 'u', name: 'b.txt', id: dentry, spaceId: space } },
				}),
			},
		],
		steps: ['renameFile'],
		result: aDentry,
	},
	copyDentry: transfer('copy', copyDentry),
	moveDentry: transfer('move', moveDentry),
	deleteDentry: {
		file: 'delete-dentry',
		make: async (client, { space, dentry, operator }) =>
			await deleteDentry(client, {
				...{ spaceId: space, dentryId: dentry, unionId: operator },
				toRecycleBin: true,
			}),
		requests: [
			{
				path: dentryPath(),
				query: { ...ofUnion, toRecycleBin: 'true' },
				answer: () => ({ body: { async: true, taskId: 't' } }),
			},
		],
		steps: ['deleteFile'],
		result: anObject({ taskId: optional(text) }),
	},
	revertVersion: {
		file: 'revert-version',
		make: async (client, { space, dentry, operator }) =>
			await revertVersion(client, {
				...{ spaceId: space, dentryId: dentry, unionId: operator },
				version: 3,
			}),
		requests: [
			{
				path: dentryPath('versions', '3', 'revert'),
				query: ofUnion,
				answer: () => ({ body: { success: true } }),
			},
		],
		steps: ['restoreVersion'],
		result: isTrue,
	},
	getTask: {
		file: 'get-task',
		make: async (client, { dentry, operator }) =>
			await getTask(client, { taskId: dentry, unionId: operator }),
		requests: [
			{
				path: ['v1.0', 'storage', 'tasks', ({ dentry }) => dentry],
				query: ofUnion,
				answer: ({ dentry }) => ({
					body: { task: { id: dentry, status: 'FAIL', totalCount: 2, failMessage: 'x' } },
				}),
			},
		],
		steps: ['getTask'],
		result: anObject({ isDone: isFlag, hasFailed: isFlag, failMessage: optional(text) }),
	},
	addPermissions: {
		file: 'add-permissions',
		make: async (client, { parent, operator }) =>
			await addPermissions(client, {
				...{ dentryUuid: parent, unionId: operator, roleId: 'READER' },
				members: [{ type: 'USER', id: 'u' }],
			}),
		requests: [
			{
				path: [
					...['v2.0', 'storage', 'spaces', 'dentries', ({ parent }: Ids) => parent],
					'permissions',
				],
				query: ofUnion,
				answer: () => ({ body: { success: true } }),
			},
		],
		steps: ['shareFile'],
		result: isTrue,
	},
	sendLink: sending(['links', 'send'], sendLink),
	sendCopy: sending(['send'], sendCopy),
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
				created: { startTime: 1 },
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
				anObject({
					...{ dentryUuid: text, name: text, path: optional(text), url: optional(text) },
					raw: anyObject,
				}),
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
	userIdOfUnionId: {
		file: 'find-user',
		make: async (client, { parent }) => await userIdOfUnionId(client, parent),
		requests: [
			{
				path: ['topapi', 'user', 'getbyunionid'],
				query: { access_token: 'token-that-is-secret' },
				answer: () => ({ body: { errcode: 0, errmsg: 'ok', result: { userid: 'u' } } }),
			},
		],
		steps: ['findMember'],
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
	...[
		'access-token',
		'client',
		'credentials',
		'call-texts',
		'dentry',
		'error-catalog',
		'fetch-access-token',
	],
	...['header-signature', 'service-error'],
];
