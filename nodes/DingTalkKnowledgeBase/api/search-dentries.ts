import {
	map,
	nextPage,
	object,
	optional,
	someOf,
	string,
	text,
	type Decoder,
} from '../../shared/decode';
import { defined } from '../../shared/json';
import type { DingTalkClient } from './client';
import { LOOKING_UP } from './error-catalog';

export interface FoundDentry {
	dentryUuid: string;
	name: string;
	/** The path to show to the user. */
	path?: string;
	url?: string;
}

export interface FoundPage {
	items: FoundDentry[];
	/** Empty after the last page. */
	nextToken: string;
}

/**
 * Searches documents and files by name or content. Needs the permission Storage.Dentry.Search.
 *
 * @see https://open.dingtalk.com/document/development/search-for-files
 */
export async function searchDentries(
	client: DingTalkClient,
	request: { keyword: string; operatorId: string; nextToken?: string; categories?: string[] },
): Promise<FoundPage> {
	const { keyword, operatorId, nextToken, categories } = request;
	return await client.call({
		step: 'searchDocuments',
		texts: LOOKING_UP,
		method: 'POST',
		path: ['v2.0', 'storage', 'dentries', 'search'],
		query: { operatorId },
		body: {
			keyword,
			option: defined({
				maxResults: 50,
				dentryCategories: categories,
				nextToken: nextToken || undefined,
			}),
		},
		effect: 'none',
		read: object({ items: someOf(foundDentry), nextToken: nextPage(nextToken) }),
	});
}

const foundDentry: Decoder<FoundDentry> = map(
	object({
		dentryUuid: string,
		name: optional(text),
		path: optional(object({ longPath: optional(text), url: optional(text) })),
	}),
	({ dentryUuid, name = dentryUuid, path: { longPath: path, url } = {} }) => ({
		dentryUuid,
		name,
		path,
		url,
	}),
);
