import { recover } from '../shared/errors';
import { entriesOf } from '../shared/paging';
import { runPool } from '../shared/pool';
import type { DingTalkClient } from './api/client';
import type { DentryIds, DentryWithIds } from './api/dentry';
import { listDentries, MAX_DENTRIES_PER_PAGE } from './api/list-dentries';

/** What to give of a folder's contents. */
export const FILE_TYPES = {
	all: () => true,
	file: (dentry: DentryWithIds) => !isFolder(dentry) && !isDocument(dentry),
	folder: isFolder,
	document: isDocument,
};

export interface ListRequest {
	/** The folder to list. */
	folder: DentryIds;
	/** Union ID. */
	unionId: string;
	type: keyof typeof FILE_TYPES;
	/** Whether to list the folders inside the folder too. */
	recursive: boolean;
	/** The most entries to return; Infinity for all. */
	limit: number;
}

/** A folder to list, and its path where an answer told it. */
interface Folder extends DentryIds {
	path?: string;
}

/** Number of folders that are listed at a time; the rate limit of the client holds all the same. */
const FOLDERS_AT_A_TIME = 8;

/**
 * Lists what is in a folder. With `recursive` it goes level by level: what is in the folder itself
 * comes first, then what is in its folders, in their order. A folder that turns up twice is listed
 * once.
 */
export async function filesIn(
	client: DingTalkClient,
	{ folder, recursive, ...request }: ListRequest,
): Promise<DentryWithIds[]> {
	const { limit, type } = request;
	const isWanted = FILE_TYPES[type];
	const found: DentryWithIds[] = [];
	const seen = new Set([folder.dentryId]);
	// With a limit the next folder may not be needed, and each call counts for the organisation.
	const atATime = limit === Infinity ? FOLDERS_AT_A_TIME : 1;
	let level: Folder[] = [folder];
	while (level.length > 0) {
		const deeper: Folder[] = [];
		for (let next = 0; next < level.length; next += atATime) {
			const folders = level.slice(next, next + atATime);
			const left = limit - found.length;
			const lists = await runPool(
				folders,
				atATime,
				async (each) => await contentsOf(client, each, { ...request, limit: left }),
			);
			for (const dentry of lists.flat()) {
				if (isWanted(dentry)) found.push(dentry);
				if (!isFolder(dentry) || seen.has(dentry.id)) continue;
				seen.add(dentry.id);
				deeper.push({ spaceId: dentry.spaceId, dentryId: dentry.id, path: pathOf(dentry) });
			}
			if (found.length >= limit) return found;
		}
		level = recursive ? deeper : [];
	}
	return found;
}

/** Lists one folder until enough of the wanted entries are there; gives the others too. */
async function contentsOf(
	client: DingTalkClient,
	{ path, ...folder }: Folder,
	{ unionId, type, limit }: Pick<ListRequest, 'unionId' | 'type' | 'limit'>,
): Promise<DentryWithIds[]> {
	const isWanted = FILE_TYPES[type];
	const contents: DentryWithIds[] = [];
	let wanted = 0;
	// How many entries of a page are wanted is known only when it is there.
	const pageSize = () =>
		type === 'all' ? Math.min(limit - wanted, MAX_DENTRIES_PER_PAGE) : MAX_DENTRIES_PER_PAGE;
	const entries = entriesOf({
		...{ service: 'DingTalk', step: 'listFiles' },
		page: async (nextToken) =>
			await listDentries(client, { folder, unionId, maxResults: pageSize(), nextToken }),
		keyOf: ({ id }) => id,
	});
	const list = async () => {
		for await (const dentry of entries) {
			contents.push(dentry);
			if (isWanted(dentry) && ++wanted >= limit) break;
		}
		return contents;
	};
	return await recover(list, (error) => {
		if (path === undefined) return error;
		const description = `${error.facts.description ?? ''} This is about the folder "${path}".`;
		return error.with({ description: description.trim(), details: { folderPath: path } });
	});
}

function isFolder({ type }: DentryWithIds): boolean {
	return type === 'FOLDER';
}

/** Online documents, spreadsheets, AI tables and the like have a storage of their own. */
function isDocument(dentry: DentryWithIds): boolean {
	return !isFolder(dentry) && dentry.storageDriver === 'ALIDOC';
}

function pathOf({ path, name }: DentryWithIds): string {
	return typeof path === 'string' && path !== '' ? path : name;
}
