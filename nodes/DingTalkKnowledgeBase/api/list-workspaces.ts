import { at, nextPage, object, someOf } from '../../shared/decode';
import type { DingTalkClient } from './client';
import { LOOKING_UP } from './error-catalog';
import { workspace, type Workspace } from './get-workspace';

/** The largest page that the service returns. */
const PAGE_SIZE = 30;

export interface WorkspacePage {
	workspaces: Workspace[];
	/** Empty after the last page. */
	nextToken: string;
}

/**
 * Lists a page of the knowledge bases that the operator can see, the latest visited first. Needs
 * the permission Wiki.Workspace.Read.
 *
 * @see https://open.dingtalk.com/document/development/get-knowledge-base-list
 */
export async function listWorkspaces(
	client: DingTalkClient,
	{ operatorId, nextToken }: { operatorId: string; nextToken?: string },
): Promise<WorkspacePage> {
	return await client.call({
		step: 'listKnowledgeBases',
		texts: LOOKING_UP,
		method: 'GET',
		path: ['v2.0', 'wiki', 'workspaces'],
		query: { operatorId, nextToken, maxResults: PAGE_SIZE, orderBy: 'VIEW_TIME_DESC' },
		effect: 'none',
		read: object({ workspaces: someOf(workspace), nextToken: nextPage(nextToken) }),
	});
}

/**
 * Fetches the operator's own documents, which are a knowledge base too. Needs the permission
 * Wiki.Workspace.Read.
 *
 * @see https://open.dingtalk.com/document/development/obtain-my-documents
 */
export async function getMyWorkspace(
	client: DingTalkClient,
	{ operatorId }: { operatorId: string },
): Promise<Workspace> {
	return await client.call({
		step: 'getMyDocuments',
		texts: LOOKING_UP,
		method: 'GET',
		path: ['v2.0', 'wiki', 'mineWorkspaces'],
		query: { operatorId },
		effect: 'none',
		read: at('workspace', workspace),
	});
}
