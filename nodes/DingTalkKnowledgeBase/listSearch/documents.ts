import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { searchDentries } from '../api/search-dentries';
import { withPicker } from './picker-context';

/** Searches DingTalk's own documents, spreadsheets and AI tables for the typed text. */
export async function searchDocuments(
	this: ILoadOptionsFunctions,
	filter = '',
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await withPicker(this, async ({ client, operatorId }) => {
		const { items, nextToken } = await searchDentries(client, {
			keyword: filter,
			operatorId,
			nextToken: paginationToken,
			categories: ['ALI_DOC'],
		});
		const results = items.map(({ dentryUuid, name, path, url }) => ({
			name: path ? `${name} (${path})` : name,
			value: dentryUuid,
			url,
		}));
		return { results, paginationToken: nextToken || undefined };
	});
}
