import { jsonParse, type ILoadOptionsFunctions, type INodeListSearchResult } from 'n8n-workflow';

import { listNodes } from '../api/list-nodes';
import { locatorOf } from '../inputs/locator';
import { readKnowledgeBase } from '../inputs/places';
import { isWanted, withPicker, type Picker } from './picker-context';

interface Folder {
	id: string;
	/** From the root, e.g. `Invoices / 2026`; empty for the root. */
	path: string;
}

/** Where the walk through the folders goes on. */
interface Position {
	/** Folders whose sub-folders have not been listed yet, the first one perhaps in part. */
	queue: Folder[];
	/** The service's token for the rest of the first folder. */
	nextToken?: string;
}

/** Calls that one page of the list may cost before it is shown as it is. */
const CALLS_PER_PAGE = 10;

/** Results after which a page is full. */
const PAGE_SIZE = 50;

/**
 * The folders of the chosen knowledge base, by their paths, level by level, its root first. The
 * service lists one folder at a time, so the place in the walk is the pagination token.
 */
export async function searchFolders(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await withPicker(this, async (picker) => {
		const results: INodeListSearchResult['results'] = [];
		let position = paginationToken ? jsonParse<Position>(paginationToken) : undefined;
		if (!position) {
			const root = await chosenRoot(this, picker);
			position = { queue: [{ id: root.id, path: '' }] };
			if (isWanted(root.name, filter)) results.push({ name: root.name, value: root.id });
		}
		for (let calls = 0; calls < CALLS_PER_PAGE && position.queue.length > 0; calls++) {
			if (results.length >= PAGE_SIZE) break;
			const step = await listSubFolders(picker, position);
			const wanted = step.folders.filter(({ path }) => isWanted(path, filter));
			results.push(...wanted.map(({ id, path }) => ({ name: path, value: id })));
			position = step.position;
		}
		const more = position.queue.length > 0;
		return { results, paginationToken: more ? JSON.stringify(position) : undefined };
	});
}

async function chosenRoot(context: ILoadOptionsFunctions, { client, operatorId }: Picker) {
	const knowledgeBase = locatorOf(context.getCurrentNodeParameter('knowledgeBase'));
	const { rootNodeId, name } = await readKnowledgeBase(client, knowledgeBase)(operatorId);
	return { id: rootNodeId, name: `${name} (Root)` };
}

/** One call: a page of the sub-folders of the first folder in the queue. */
async function listSubFolders(
	{ client, operatorId }: Picker,
	{ queue: [current, ...rest], nextToken: token }: Position,
): Promise<{ folders: Folder[]; position: Position }> {
	const request = { parentNodeId: current.id, operatorId, nextToken: token };
	const { nodes, nextToken } = await listNodes(client, request);
	const children = nodes.filter(({ type }) => type === 'FOLDER');
	const toFolder = ({ nodeId, name }: { nodeId: string; name: string }): Folder => ({
		id: nodeId,
		path: current.path ? `${current.path} / ${name}` : name,
	});
	const deeper = children.filter(({ hasChildren }) => hasChildren).map(toFolder);
	const queue = nextToken ? [current, ...rest, ...deeper] : [...rest, ...deeper];
	return {
		folders: children.map(toFolder),
		position: { queue, nextToken: nextToken || undefined },
	};
}
