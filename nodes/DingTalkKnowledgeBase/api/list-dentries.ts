import { list, map, nextPage, object } from '../../shared/decode';
import type { Page } from '../../shared/paging';
import type { DingTalkClient } from './client';
import { dentryWithIds, type DentryIds, type DentryWithIds } from './dentry';
import { LOOKING_UP } from './call-texts';

/** The largest page that the service returns. */
export const MAX_DENTRIES_PER_PAGE = 50;

export interface ListDentriesRequest {
	/** The folder to list. */
	folder: DentryIds;
	/** Union ID. */
	unionId: string;
	/** The most entries of the page: 1 to {@link MAX_DENTRIES_PER_PAGE}. */
	maxResults: number;
	/** Of the page before; none for the first one. */
	nextToken?: string;
}

/**
 * Lists a page of what is in a folder, by name: files, folders, online documents and shortcuts. By
 * name the pages do not shift while files are being changed. Needs the permission
 * Storage.File.Read.
 *
 * @see https://open.dingtalk.com/document/development/get-a-list-of-files-or-folders
 */
export async function listDentries(
	client: DingTalkClient,
	{ folder: { spaceId, dentryId }, unionId, maxResults, nextToken }: ListDentriesRequest,
): Promise<Page<DentryWithIds>> {
	return await client.call({
		step: 'listFiles',
		texts: LOOKING_UP,
		method: 'GET',
		path: ['v1.0', 'storage', 'spaces', spaceId, 'dentries'],
		query: { unionId, parentId: dentryId, maxResults, nextToken, orderBy: 'NAME', order: 'ASC' },
		effect: 'none',
		read: map(
			object({ dentries: list(dentryWithIds), nextToken: nextPage(nextToken) }),
			// An answer about another space tells nothing of this one.
			({ dentries: entries, nextToken: next }) =>
				entries.every((entry) => entry.spaceId === spaceId)
					? { entries, nextToken: next }
					: undefined,
		),
	});
}
