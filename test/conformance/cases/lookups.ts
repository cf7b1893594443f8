import { SEED } from '../../services/dingtalk';
import { locator } from '../../nodes/support/rig';
import type { OfficialSdk } from '../official-sdk';
import { runNode } from './run-node';
import type { Case } from './types';

const { files, folders, documents, teamHandbook, manyFolders } = SEED;
const { unionId } = SEED.operator;
const operatorId = unionId;
const bases = { operatorId, maxResults: 30, orderBy: 'VIEW_TIME_DESC' };
const inFolder = { operatorId, maxResults: 50 };
const inArchive = { ...inFolder, parentNodeId: manyFolders.rootDentryUuid };
const archive = { knowledgeBase: locator('id', manyFolders.workspaceId) };
const documentsOnly = { maxResults: 50, dentryCategories: ['ALI_DOC'] };
const resource = { mediaType: 'image/png', resourceName: '图 1.png', size: 4 };

/** Upload File into a sub-folder that is not there yet. */
const makeFolder: Case['node'] = async (rig) => {
	const parent = locator('id', folders.invoices.dentryUuid);
	const input = [await rig.item({ data: 'x' })];
	await runNode(rig, 'upload', { parent, options: { folderPath: '四月 2026' } }, { input });
};

const idsOfInvoices = async (sdk: OfficialSdk) =>
	(await sdk.getDentryIdByUuid(folders.invoices.dentryUuid, { operatorId })).body;

export const lookupCases: Case[] = [
	{
		title: 'document resource',
		call: 'docUploadInfo',
		node: async (rig) => {
			const file = await rig.file('PNG!', resource.resourceName, resource.mediaType);
			const document = locator('id', documents.meetingNotes.dentryUuid);
			const input = [await rig.item({ data: file })];
			await runNode(rig, 'uploadResource', { document }, { input });
		},
		sdk: async (sdk) => {
			const docId = documents.meetingNotes.dentryUuid;
			await sdk.getResourceUploadInfo(docId, { operatorId, ...resource });
		},
	},
	{
		title: 'document resource with name and media type, document by its key',
		call: 'docUploadInfo',
		node: async (rig) => {
			const options = { fileName: 'b.svg', mediaType: 'image/svg+xml; charset=utf-8' };
			const document = locator('id', documents.meetingNotes.docKey);
			const input = [await rig.item({ data: 'x' })];
			await runNode(rig, 'uploadResource', { document, options }, { input });
		},
		sdk: async (sdk) => {
			const mediaType = 'image/svg+xml; charset=utf-8';
			const fields = { operatorId, mediaType, resourceName: 'b.svg', size: 1 };
			await sdk.getResourceUploadInfo(documents.meetingNotes.docKey, fields);
		},
	},
	{
		title: 'knowledge bases, first page',
		call: 'listWorkspaces',
		node: async (rig) => void (await rig.list('searchKnowledgeBases')),
		sdk: async (sdk) => void (await sdk.listWorkspaces(bases)),
	},
	{
		title: 'knowledge bases, next page',
		call: 'listWorkspaces',
		node: async (rig) => {
			const { paginationToken } = await rig.list('searchKnowledgeBases');
			await rig.list('searchKnowledgeBases', {}, { paginationToken: String(paginationToken) });
		},
		sdk: async (sdk) => {
			const nextToken = (await sdk.listWorkspaces(bases))?.nextToken;
			await sdk.listWorkspaces({ ...bases, nextToken });
		},
	},
	{
		title: 'my documents',
		call: 'mineWorkspace',
		node: async (rig) => void (await rig.list('searchKnowledgeBases')),
		sdk: async (sdk) => void (await sdk.getMineWorkspace({ operatorId })),
	},
	{
		title: 'one knowledge base',
		call: 'getWorkspace',
		node: async (rig) => {
			const knowledgeBase = locator('url', teamHandbook.url);
			await rig.list('searchFolders', { knowledgeBase });
		},
		sdk: async (sdk) => void (await sdk.getWorkspace(teamHandbook.workspaceId, { operatorId })),
	},
	{
		title: 'a folder, first page',
		call: 'listNodes',
		node: async (rig) => void (await rig.list('searchFolders', archive)),
		sdk: async (sdk) => void (await sdk.listNodes(inArchive)),
	},
	{
		title: 'a folder, next page',
		call: 'listNodes',
		node: async (rig) => {
			const { paginationToken } = await rig.list('searchFolders', archive);
			await rig.list('searchFolders', archive, { paginationToken: String(paginationToken) });
		},
		sdk: async (sdk) => {
			const nextToken = (await sdk.listNodes(inArchive))?.nextToken;
			await sdk.listNodes({ ...inArchive, nextToken });
		},
	},
	{
		title: 'what is behind a link',
		call: 'queryByUrl',
		node: async (rig) => {
			const document = locator('url', documents.meetingNotes.shortUrl);
			const input = [await rig.item({ data: 'x' })];
			await runNode(rig, 'uploadResource', { document }, { input }).catch(() => {});
		},
		sdk: async (sdk) => {
			await sdk.getNodeByUrl({ operatorId, url: documents.meetingNotes.shortUrl });
		},
	},
	{
		title: 'the numbers of a folder',
		call: 'queryDentryId',
		node: makeFolder,
		sdk: async (sdk) => void (await idsOfInvoices(sdk)),
	},
	{
		title: 'a file',
		call: 'getDentry',
		node: async (rig) => {
			await runNode(rig, 'get', { file: locator('id', files.welcome.dentryUuid) });
		},
		sdk: async (sdk) => {
			await sdk.getDentry(teamHandbook.spaceId, files.welcome.dentryId, { unionId });
		},
	},
	{
		title: 'a new folder',
		call: 'createFolder',
		node: makeFolder,
		sdk: async (sdk) => {
			const { spaceId, dentryId } = (await idsOfInvoices(sdk)) ?? {};
			const option = { conflictStrategy: 'RETURN_DENTRY_IF_EXISTS' };
			await sdk.addFolder(String(spaceId), String(dentryId), {
				unionId,
				name: '四月 2026',
				option,
			});
		},
	},
	{
		title: 'documents by name',
		call: 'searchDentries',
		node: async (rig) => void (await rig.list('searchDocuments', {}, { filter: '会议 a' })),
		sdk: async (sdk) => {
			await sdk.searchDentries({ operatorId, keyword: '会议 a', option: documentsOnly });
		},
	},
	{
		title: 'files by name, next page',
		call: 'searchDentries',
		node: async (rig) => {
			const { paginationToken } = await rig.list('searchFiles', {}, { filter: 'folder' });
			const page = { filter: 'folder', paginationToken: String(paginationToken) };
			await rig.list('searchFiles', {}, page);
		},
		sdk: async (sdk) => {
			const request = { operatorId, keyword: 'folder', option: { maxResults: 50 } };
			const nextToken = (await sdk.searchDentries(request))?.nextToken;
			await sdk.searchDentries({ ...request, option: { maxResults: 50, nextToken } });
		},
	},
];
