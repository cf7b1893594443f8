import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { searchPages, type ResultPage } from '../../shared/listSearch';
import type { Workspace } from '../api/get-workspace';
import { getMyWorkspace, listWorkspaces } from '../api/list-workspaces';
import { withPicker, type Picker } from './picker-context';

/** As DingTalk calls the documents of one's own. */
const MINE = 'My Documents';

/**
 * The knowledge bases that the operator sees, "My Documents" first, a page at a time. The service's
 * own search needs one more permission.
 */
export async function searchKnowledgeBases(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await withPicker(this, async (picker) => {
		const list = async (token?: string) => await pageOf(picker, token);
		return await searchPages(list, filter, paginationToken);
	});
}

async function pageOf(picker: Picker, token?: string): Promise<ResultPage> {
	const mine = token === undefined ? await myDocuments(picker) : [];
	const { client, operatorId } = picker;
	const { workspaces, nextToken } = await listWorkspaces(client, { operatorId, nextToken: token });
	return { results: [...mine, ...workspaces.map(toResult)], nextToken };
}

/** Not everybody has any; what else may be wrong the list of knowledge bases will say. */
async function myDocuments({ client, operatorId }: Picker) {
	const mine = await getMyWorkspace(client, { operatorId }).catch(() => undefined);
	if (!mine) return [];
	const name = mine.name === MINE ? MINE : `${MINE} (${mine.name})`;
	return [{ ...toResult(mine), name }];
}

function toResult({ workspaceId, name }: Workspace) {
	return { name, value: workspaceId };
}
