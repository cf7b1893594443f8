import type { IDataObject } from 'n8n-workflow';

import {
	having,
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
import { LOOKING_UP } from './call-texts';

/** The largest page that the service returns. */
export const MAX_FOUND_PER_PAGE = 50;

export interface FoundDentry {
	dentryUuid: string;
	name: string;
	/** The path to show to the user. */
	path?: string;
	url?: string;
	/** What was found, as the service gave it. */
	raw: IDataObject;
}

export interface SearchRequest {
	keyword: string;
	/** Union ID. */
	operatorId: string;
	/** The most results of the page: 1 to {@link MAX_FOUND_PER_PAGE}, which is the default. */
	maxResults?: number;
	/** Of the page before; none for the first one. */
	nextToken?: string;
	/** All when there are none. */
	categories?: string[];
	/** Milliseconds since 1970. */
	created?: TimeRange;
}

export interface TimeRange {
	startTime?: number;
	endTime?: number;
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
	request: SearchRequest,
): Promise<FoundPage> {
	const { keyword, operatorId, maxResults = MAX_FOUND_PER_PAGE, nextToken, categories } = request;
	const { created } = request;
	return await client.call({
		step: 'searchDocuments',
		texts: LOOKING_UP,
		method: 'POST',
		path: ['v2.0', 'storage', 'dentries', 'search'],
		query: { operatorId },
		body: {
			keyword,
			option: defined({
				maxResults,
				dentryCategories: categories,
				createTimeRange: created && defined({ ...created }),
				nextToken: nextToken || undefined,
			}),
		},
		effect: 'none',
		read: object({ items: someOf(foundDentry), nextToken: nextPage(nextToken) }),
	});
}

const mayTell = object({
	name: optional(text),
	path: optional(object({ longPath: optional(text), url: optional(text) })),
});

const foundDentry: Decoder<FoundDentry> = map(having({ dentryUuid: string }), (raw) => {
	const { dentryUuid } = raw;
	const { name = dentryUuid, path: { longPath: path, url } = {} } = mayTell(raw) ?? {};
	return { dentryUuid, name, path, url, raw };
});
