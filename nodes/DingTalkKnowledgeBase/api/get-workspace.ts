import { at, map, object, optional, string, text, type Decoder } from '../../shared/decode';
import type { DingTalkClient } from './client';
import { LOOKING_UP } from './error-catalog';

export interface Workspace {
	workspaceId: string;
	name: string;
	/** The dentryUuid of its root folder. */
	rootNodeId: string;
}

/**
 * Fetches a knowledge base. Needs the permission Wiki.Workspace.Read.
 *
 * @see https://open.dingtalk.com/document/development/obtain-the-knowledge-base
 */
export async function getWorkspace(
	client: DingTalkClient,
	{ workspaceId, operatorId }: { workspaceId: string; operatorId: string },
): Promise<Workspace> {
	return await client.call({
		step: 'getKnowledgeBase',
		texts: LOOKING_UP,
		method: 'GET',
		path: ['v2.0', 'wiki', 'workspaces', workspaceId],
		query: { operatorId },
		effect: 'none',
		read: at('workspace', workspace),
	});
}

export const workspace: Decoder<Workspace> = map(
	object({ workspaceId: string, name: optional(text), rootNodeId: string }),
	({ workspaceId, name = workspaceId, rootNodeId }) => ({ workspaceId, name, rootNodeId }),
);
