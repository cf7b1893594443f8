import type { IDataObject } from 'n8n-workflow';

import { at, having, map, string, text, type Decoder } from '../../shared/decode';
import type { DingTalkClient } from './client';
import { LOOKING_UP } from './call-texts';

export interface Workspace {
	workspaceId: string;
	name: string;
	/** The dentryUuid of its root folder. */
	rootNodeId: string;
	/** The knowledge base as the service gave it. */
	raw: IDataObject;
}

/**
 * Fetches a knowledge base. Needs the permission Wiki.Workspace.Read.
 *
 * @param request `operatorId`: union ID; `withPermissionRole`: whether the answer is to tell the role
 * of the operator
 * @see https://open.dingtalk.com/document/development/obtain-the-knowledge-base
 */
export async function getWorkspace(
	client: DingTalkClient,
	request: { workspaceId: string; operatorId: string; withPermissionRole?: boolean },
): Promise<Workspace> {
	const { workspaceId, ...query } = request;
	return await client.call({
		step: 'getKnowledgeBase',
		texts: LOOKING_UP,
		method: 'GET',
		path: ['v2.0', 'wiki', 'workspaces', workspaceId],
		query,
		effect: 'none',
		read: at('workspace', workspace),
	});
}

export const workspace: Decoder<Workspace> = map(
	having({ workspaceId: string, rootNodeId: string }),
	(raw) => {
		const { workspaceId, rootNodeId } = raw;
		return { workspaceId, name: text(raw.name) ?? workspaceId, rootNodeId, raw };
	},
);
