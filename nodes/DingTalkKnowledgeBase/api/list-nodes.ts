import {
	at,
	flag,
	map,
	nextPage,
	object,
	optional,
	someOf,
	string,
	text,
	type Decoder,
} from '../../shared/decode';
import type { DingTalkClient } from './client';
import { LOOKING_UP } from './call-texts';

/** The largest page that the service returns. */
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
 * Lists a page of the files and folders in a folder. Needs the permission Wiki.Node.Read.
 *
 * @see https://open.dingtalk.com/document/development/get-node-list
 */
export async function listNodes(
	client: DingTalkClient,
	request: { parentNodeId: string; operatorId: string; nextToken?: string },
): Promise<NodePage> {
	return await client.call({
		step: 'listFolder',
		texts: LOOKING_UP,
		method: 'GET',
		path: ['v2.0', 'wiki', 'nodes'],
		query: { ...request, maxResults: PAGE_SIZE },
		effect: 'none',
		read: object({ nodes: someOf(wikiNode), nextToken: nextPage(request.nextToken) }),
	});
}

/**
 * Fetches the file or folder behind a link. Needs the permission Wiki.Node.Read.
 *
 * @see https://open.dingtalk.com/document/development/get-node-by-link
 */
export async function nodeByUrl(
	client: DingTalkClient,
	{ url, operatorId }: { url: string; operatorId: string },
): Promise<WikiNode> {
	return await client.call({
		step: 'resolveLink',
		texts: LOOKING_UP,
		method: 'POST',
		path: ['v2.0', 'wiki', 'nodes', 'queryByUrl'],
		query: { operatorId },
		body: { url },
		effect: 'none',
		read: at('node', wikiNode),
	});
}

const wikiNode: Decoder<WikiNode> = map(
	object({
		nodeId: string,
		name: optional(text),
		type: optional(text),
		// If the service does not tell, there may be some.
		hasChildren: flag(true),
		workspaceId: optional(text),
	}),
	({ name, type = '', ...node }) => ({ ...node, name: name ?? node.nodeId, type }),
);
