import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { searchPages, type ResultPage } from '../../shared/listSearch';
import type { Workspace } from '../api/get-workspace';
import { getMyWorkspace, listWorkspaces } from '../api/list-workspaces';
import { withPicker, type Picker } from './picker-context';

/** DingTalk's name for a user's own documents. */
const MINE = 'My Documents';

/**
 * Lists the knowledge bases that the operator can see, "My Documents" first, one page at a time.
 * Filters them itself, because the service's own search needs another permission.
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

/**
 * Returns the operator's own documents, which not everyone has. Any other failure is reported by
 * the list of knowledge bases.
 */
async function myDocuments({ client, operatorId }: Picker) {
	const mine = await getMyWorkspace(client, { operatorId }).catch(() => undefined);
	if (!mine) return [];
	const name = mine.name === MINE ? MINE : `${MINE} (${mine.name})`;
	return [{ ...toResult(mine), name }];
}

function toResult({ workspaceId, name }: Workspace) {
	return { name, value: workspaceId };
}
