import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import type { DingTalkClient } from '../api/client';
import type { Workspace } from '../api/get-workspace';
import { getMyWorkspace, listWorkspaces } from '../api/list-workspaces';
import { isWanted, withPicker } from './picker-context';

/** Pages that one answer of the list may cost; the editor asks on by itself. */
const MOST_PAGES = 50;

/** As DingTalk calls the documents of one's own. */
const MINE = 'My Documents';

/**
 * The knowledge bases that the operator sees, "My Documents" first, a page at a time. A search goes
 * on through the pages until something matches: the service's own search needs one more permission.
 */
export async function searchKnowledgeBases(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await withPicker(this, async ({ client, operatorId }) => {
		const results = paginationToken ? [] : await myDocuments(client, operatorId, filter);
		let nextToken = paginationToken;
		let pages = 0;
		do {
			const page = await listWorkspaces(client, { operatorId, nextToken });
			const wanted = page.workspaces.filter(({ name }) => isWanted(name, filter));
			results.push(...wanted.map(toResult));
			nextToken = page.nextToken || undefined;
		} while (results.length === 0 && nextToken && ++pages < MOST_PAGES);
		return { results, paginationToken: nextToken };
	});
}

/** Not everybody has any; what else may be wrong the list of knowledge bases will say. */
async function myDocuments(client: DingTalkClient, operatorId: string, filter?: string) {
	const mine = await getMyWorkspace(client, { operatorId }).catch(() => undefined);
	if (!mine) return [];
	const own = mine.name === MINE ? MINE : `${MINE} (${mine.name})`;
	const result = { ...toResult(mine), name: own };
	return isWanted(result.name, filter) ? [result] : [];
}

function toResult({ workspaceId, name }: Workspace) {
	return { name, value: workspaceId };
}
