import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { searchDentries } from '../api/search-dentries';
import { withPicker } from './picker-context';

/** Searches DingTalk's own documents, spreadsheets and AI tables for the typed text. */
export async function searchDocuments(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await search(this, { filter, paginationToken, categories: ['ALI_DOC'] });
}

/** Searches files and documents of all kinds for the typed text. */
export async function searchFiles(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await search(this, { filter, paginationToken });
}

interface Query {
	filter?: string;
	paginationToken?: string;
	/** All categories when there are none. */
	categories?: string[];
}

async function search(
	context: ILoadOptionsFunctions,
	{ filter = '', paginationToken, categories }: Query,
): Promise<INodeListSearchResult> {
	return await withPicker(context, async ({ client, operatorId }) => {
		const { items, nextToken } = await searchDentries(client, {
			keyword: filter,
			operatorId,
			nextToken: paginationToken,
			categories,
		});
		const results = items.map(({ dentryUuid, name, path, url }) => ({
			name: path ? `${name} (${path})` : name,
			value: dentryUuid,
			url,
		}));
		return { results, paginationToken: nextToken || undefined };
	});
}
