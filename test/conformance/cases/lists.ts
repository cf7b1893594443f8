import { SEED } from '../../services/dingtalk';
import { locator } from '../../nodes/support/rig';
import { runNode } from './run-node';
import type { Case } from './types';

const { teamHandbook, manyFolders, folders } = SEED;
const { unionId } = SEED.operator;
const operatorId = unionId;
const withPermissionRole = true;
const bases = { operatorId, orderBy: 'VIEW_TIME_DESC', withPermissionRole };
const byName = { unionId, parentId: '0', orderBy: 'NAME', order: 'ASC', maxResults: 50 };
const knowledgeBase = { resource: 'knowledgeBase' };
const inArchive = { knowledgeBase: locator('id', manyFolders.workspaceId) };
const [startTime, endTime] = [Date.UTC(2026, 0, 1), Date.UTC(2026, 0, 31)];

/** The operations that give lists. */
export const listCases: Case[] = [
	{
		title: 'what is in a folder, up to a limit',
		call: 'listDentries',
		node: async (rig) => {
			const parent = locator('id', folders.invoices.dentryUuid);
			await runNode(rig, 'getAll', { parent, limit: 7 });
		},
		sdk: async (sdk) => {
			const parentId = folders.invoices.dentryId;
			await sdk.listDentries(teamHandbook.spaceId, { ...byName, parentId, maxResults: 7 });
		},
	},
	{
		title: 'what is in a knowledge base, next page',
		call: 'listDentries',
		node: async (rig) => void (await runNode(rig, 'getAll', { ...inArchive, limit: 100 })),
		sdk: async (sdk) => {
			const nextToken = (await sdk.listDentries(manyFolders.spaceId, byName))?.nextToken;
			await sdk.listDentries(manyFolders.spaceId, { ...byName, nextToken });
		},
	},
	{
		title: 'files of some kinds and of a time',
		call: 'searchDentries',
		node: async (rig) => {
			const times = { createdAfter: startTime, createdBefore: endTime };
			const options = { kinds: ['DOCUMENT', 'OTHER'], ...times };
			await runNode(rig, 'search', { query: '发票 2026', limit: 3, options });
		},
		sdk: async (sdk) => {
			const dentryCategories = ['DOCUMENT', 'OTHER'];
			const createTimeRange = { startTime, endTime };
			const option = { maxResults: 3, dentryCategories, createTimeRange };
			await sdk.searchDentries({ operatorId, keyword: '发票 2026', option });
		},
	},
	{
		title: 'knowledge bases with roles, up to a limit',
		call: 'listWorkspaces',
		node: async (rig) => void (await runNode(rig, 'getAll', { ...knowledgeBase, limit: 3 })),
		sdk: async (sdk) => void (await sdk.listWorkspaces({ ...bases, maxResults: 3 })),
	},
	{
		title: 'a knowledge base with the role',
		call: 'getWorkspace',
		node: async (rig) => {
			const chosen = { knowledgeBase: locator('id', teamHandbook.workspaceId) };
			await runNode(rig, 'get', { ...knowledgeBase, ...chosen });
		},
		sdk: async (sdk) => {
			await sdk.getWorkspace(teamHandbook.workspaceId, { operatorId, withPermissionRole });
		},
	},
	{
		title: 'a new folder, by Create Folder',
		call: 'createFolder',
		node: async (rig) => {
			const place = { knowledgeBase: locator('id', teamHandbook.workspaceId) };
			await runNode(rig, 'create', { resource: 'folder', ...place, folderPath: '四月 2026' });
		},
		sdk: async (sdk) => {
			const option = { conflictStrategy: 'RETURN_DENTRY_IF_EXISTS' };
			await sdk.addFolder(teamHandbook.spaceId, '0', { unionId, name: '四月 2026', option });
		},
	},
];
