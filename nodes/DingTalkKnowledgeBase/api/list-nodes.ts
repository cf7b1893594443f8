import type { IDataObject } from 'n8n-workflow';

import { nextPage, textIn } from '../../shared/json';
import type { DingTalkClient } from './client';

/** The service gives no more at a time. */
const PAGE_SIZE = 50;

/** A file or folder of a knowledge base. */
export interface WikiNode {
	/** The dentryUuid. */
	nodeId: string;
	name: string;
	type: string;
	hasChildren: boolean;
	workspaceId?: string;
}

export interface NodePage {
	nodes: WikiNode[];
	/** Empty after the last page. */
	nextToken: string;
}

/**
 * A page of what is in a folder. Needs the permission Wiki.Node.Read.
 *
 * @see https://open.dingtalk.com/document/development/get-node-list
 */
export async function listNodes(
	client: DingTalkClient,
	request: { parentNodeId: string; operatorId: string; nextToken?: string },
): Promise<NodePage> {
	return await client.call({
		step: 'listFolder',
		method: 'GET',
		path: ['v2.0', 'wiki', 'nodes'],
		query: { ...request, maxResults: PAGE_SIZE },
		effect: 'none',
		read: ({ nodes, nextToken }) => {
			if (!Array.isArray(nodes)) return undefined;
			const read = nodes.map(readNode).filter((each) => each !== undefined);
			return { nodes: read, nextToken: nextPage(nextToken, request.nextToken) };
		},
	});
}

/**
 * The file or folder behind a link. Needs the permission Wiki.Node.Read.
 *
 * @see https://open.dingtalk.com/document/development/get-node-by-link
 */
export async function nodeByUrl(
	client: DingTalkClient,
	{ url, operatorId }: { url: string; operatorId: string },
): Promise<WikiNode> {
	return await client.call({
		step: 'resolveLink',
		method: 'POST',
		path: ['v2.0', 'wiki', 'nodes', 'queryByUrl'],
		query: { operatorId },
		body: { url },
		effect: 'none',
		read: ({ node }) => readNode(node),
	});
}

function readNode(value: unknown): WikiNode | undefined {
	const { nodeId, name, type, hasChildren, workspaceId } = (value ?? {}) as IDataObject;
	if (typeof nodeId !== 'string') return undefined;
	return {
		nodeId,
		name: textIn(name) ?? nodeId,
		type: textIn(type) ?? '',
		// Where the service does not tell, there may be some.
		hasChildren: hasChildren !== false,
		workspaceId: textIn(workspaceId),
	};
}
