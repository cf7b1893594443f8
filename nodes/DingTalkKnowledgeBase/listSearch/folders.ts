import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { searchFolderTree } from '../../shared/listSearch';
import { listNodes } from '../api/list-nodes';
import { locatorOf } from '../inputs/locator';
import { readKnowledgeBase } from '../inputs/places';
import { workspaceOf } from '../look-ups/place';
import { withPicker, type Picker } from './picker-context';

/** Lists the folders of the chosen knowledge base by path, starting with its root. */
export async function searchFolders(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await withPicker(this, async (picker) => {
		const tree = {
			root: async () => await chosenRoot(this, picker),
			list: async (folderId: string, token?: string) => await subFolders(picker, folderId, token),
		};
		return await searchFolderTree(tree, filter, paginationToken);
	});
}

async function chosenRoot(context: ILoadOptionsFunctions, { client, operatorId }: Picker) {
	const knowledgeBase = locatorOf(context.getCurrentNodeParameter('knowledgeBase'));
	const { rootNodeId, name } = await workspaceOf(
		client,
		readKnowledgeBase(knowledgeBase),
		operatorId,
	);
	return { id: rootNodeId, name: `${name} (Root)` };
}

async function subFolders({ client, operatorId }: Picker, parentNodeId: string, token?: string) {
	const request = { parentNodeId, operatorId, nextToken: token };
	const { nodes, nextToken } = await listNodes(client, request);
	const folders = nodes
		.filter(({ type }) => type === 'FOLDER')
		.map(({ nodeId, name, hasChildren }) => ({ id: nodeId, name, isLeaf: !hasChildren }));
	return { folders, nextToken };
}
