import type { IDataObject } from 'n8n-workflow';

import { nextPage, textIn } from '../../shared/json';
import type { DingTalkClient } from './client';

export interface FoundDentry {
	dentryUuid: string;
	name: string;
	/** Where it is, in words. */
	path?: string;
	url?: string;
}

export interface FoundPage {
	items: FoundDentry[];
	/** Empty after the last page. */
	nextToken: string;
}

/**
 * Documents and files by name or content. Needs the permission Storage.Dentry.Search.
 *
 * @see https://open.dingtalk.com/document/development/search-for-files
 */
export async function searchDentries(
	client: DingTalkClient,
	request: { keyword: string; operatorId: string; nextToken?: string; categories: string[] },
): Promise<FoundPage> {
	const { keyword, operatorId, nextToken, categories } = request;
	const page = nextToken ? { nextToken } : {};
	return await client.call({
		step: 'searchDocuments',
		method: 'POST',
		path: ['v2.0', 'storage', 'dentries', 'search'],
		query: { operatorId },
		body: { keyword, option: { maxResults: 50, dentryCategories: categories, ...page } },
		effect: 'none',
		read: ({ items, nextToken: next }) => {
			if (!Array.isArray(items)) return undefined;
			const read = items.map(readFound).filter((each) => each !== undefined);
			return { items: read, nextToken: nextPage(next, nextToken) };
		},
	});
}

function readFound(value: unknown): FoundDentry | undefined {
	const { dentryUuid, name, path } = (value ?? {}) as IDataObject;
	if (typeof dentryUuid !== 'string') return undefined;
	const { longPath, url } = (path ?? {}) as IDataObject;
	return {
		dentryUuid,
		name: textIn(name) ?? dentryUuid,
		path: textIn(longPath),
		url: textIn(url),
	};
}
