import { jsonParse, type INodeListSearchResult } from 'n8n-workflow';

import { isWanted } from './pages';

interface FolderPage {
	/** `isLeaf` when the service says that a folder has no sub-folders. */
	folders: Array<{ id: string; name: string; isLeaf?: boolean }>;
	/** Empty after the last page. */
	nextToken: string;
}

/** A tree of folders that a service lists one folder at a time. */
interface FolderTree {
	root(): Promise<{ id: string; name: string }>;
	/** Returns a page of the sub-folders of a folder. */
	list(folderId: string, token?: string): Promise<FolderPage>;
}

interface Folder {
	id: string;
	/** Path from the root, e.g. `Invoices / 2026`; empty for the root. */
	path: string;
}

/** Where to continue the walk through the folders. */
interface Position {
	/** Folders whose sub-folders are not listed yet; the first may be listed in part. */
	queue: Folder[];
	/** The service's token for the rest of the first folder. */
	nextToken?: string;
}

/** Maximum number of calls per page; then the page is shown as it is. */
const CALLS_PER_PAGE = 10;

/** Number of results that fill a page. */
const PAGE_SIZE = 50;

/**
 * Returns a page of all folders of a tree by path, level by level, starting with the root. The
 * pagination token is the position in the walk.
 */
export async function searchFolderTree(
	tree: FolderTree,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const results: INodeListSearchResult['results'] = [];
	let position = paginationToken ? jsonParse<Position>(paginationToken) : undefined;
	if (!position) {
		const { id, name } = await tree.root();
		position = { queue: [{ id, path: '' }] };
		if (isWanted(name, filter)) results.push({ name, value: id });
	}
	for (let calls = 0; calls < CALLS_PER_PAGE && position.queue.length > 0; calls++) {
		if (results.length >= PAGE_SIZE) break;
		const step = await listNext(tree, position);
		const wanted = step.folders.filter(({ path }) => isWanted(path, filter));
		results.push(...wanted.map(({ id, path }) => ({ name: path, value: id })));
		position = step.position;
	}
	const more = position.queue.length > 0;
	return { results, paginationToken: more ? JSON.stringify(position) : undefined };
}

/** Makes one call: lists a page of the sub-folders of the first folder in the queue. */
async function listNext(
	tree: FolderTree,
	{ queue: [current, ...rest], nextToken: token }: Position,
): Promise<{ folders: Folder[]; position: Position }> {
	const { folders: found, nextToken } = await tree.list(current.id, token);
	const folders = found.map(({ id, name, isLeaf }) => ({
		id,
		path: current.path ? `${current.path} / ${name}` : name,
		isLeaf,
	}));
	const deeper = folders.filter(({ isLeaf }) => !isLeaf).map(({ id, path }) => ({ id, path }));
	const queue = nextToken ? [current, ...rest, ...deeper] : [...rest, ...deeper];
	return { folders, position: { queue, nextToken: nextToken || undefined } };
}
