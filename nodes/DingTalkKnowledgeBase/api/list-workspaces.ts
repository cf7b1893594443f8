import { at, nextPage, object, someOf } from '../../shared/decode';
import type { DingTalkClient } from './client';
import { LOOKING_UP } from './call-texts';
import { workspace, type Workspace } from './get-workspace';

/** The largest page that the service returns. */
export const MAX_WORKSPACES_PER_PAGE = 30;

export interface WorkspacePage {
	workspaces: Workspace[];
	/** Empty after the last page. */
	nextToken: string;
}

export interface ListWorkspacesRequest {
	operatorId: string;
	nextToken?: string;
	maxResults?: number;
	withPermissionRole?: boolean;
}

/**
 * Lists a page of the knowledge bases that the operator can see, the latest visited first. Needs
 * the permission Wiki.Workspace.Read.
 *
 * @param request `operatorId`: union ID; `maxResults`: the most entries of the page, 1 to
 * {@link MAX_WORKSPACES_PER_PAGE}; `withPermissionRole`: whether the answer is to tell the roles of
 * the operator
 * @see https://open.dingtalk.com/document/development/get-knowledge-base-list
 */
export async function listWorkspaces(
	client: DingTalkClient,
	request: ListWorkspacesRequest,
): Promise<WorkspacePage> {
	return await client.call({
		step: 'listKnowledgeBases',
		texts: LOOKING_UP,
		method: 'GET',
		path: ['v2.0', 'wiki', 'workspaces'],
		query: { maxResults: MAX_WORKSPACES_PER_PAGE, ...request, orderBy: 'VIEW_TIME_DESC' },
		effect: 'none',
		read: object({ workspaces: someOf(workspace), nextToken: nextPage(request.nextToken) }),
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
