import type { IDataObject } from 'n8n-workflow';

import { textIn } from '../../shared/json';
import type { DingTalkClient } from './client';

export interface Workspace {
	workspaceId: string;
	name: string;
	/** The dentryUuid of its root folder. */
	rootNodeId: string;
}

/**
 * One knowledge base. Needs the permission Wiki.Workspace.Read.
 *
 * @see https://open.dingtalk.com/document/development/obtain-the-knowledge-base
 */
export async function getWorkspace(
	client: DingTalkClient,
	{ workspaceId, operatorId }: { workspaceId: string; operatorId: string },
): Promise<Workspace> {
	return await client.call({
		step: 'getKnowledgeBase',
		method: 'GET',
		path: ['v2.0', 'wiki', 'workspaces', workspaceId],
		query: { operatorId },
		effect: 'none',
		read: ({ workspace }) => readWorkspace(workspace),
	});
}

/** @returns undefined when it lacks what the documentation promises */
export function readWorkspace(value: unknown): Workspace | undefined {
	const { workspaceId, name, rootNodeId } = (value ?? {}) as IDataObject;
	const hasIds = typeof workspaceId === 'string' && typeof rootNodeId === 'string';
	if (!hasIds || workspaceId === '' || rootNodeId === '') return undefined;
	return { workspaceId, name: textIn(name) ?? workspaceId, rootNodeId };
}
