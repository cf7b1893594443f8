import type { DingTalkClient } from '../api/client';
import { getWorkspace, type Workspace } from '../api/get-workspace';
import { resolveLink } from '../api/resolve-link';
import { readId } from '../inputs/links';
import type { KnowledgeBase, Place } from '../inputs/places';

/** Returns the dentryUuid of a place; looks it up for an operator (union ID) if needed. */
export async function dentryUuidOf(
	client: DingTalkClient,
	place: Place,
	operatorId: string,
): Promise<string> {
	if ('dentryUuid' in place) return place.dentryUuid;
	if ('rootOf' in place) return (await workspaceOf(client, place.rootOf, operatorId)).rootNodeId;
	return (await resolveLink(client, { url: place.url, operatorId })).dentryUuid;
}

/**
 * Fetches a knowledge base with its root folder.
 *
 * @param wish `withPermissionRole`: whether the answer is to tell the role of the operator
 */
export async function workspaceOf(
	client: DingTalkClient,
	knowledgeBase: KnowledgeBase,
	operatorId: string,
	wish: { withPermissionRole?: boolean } = {},
): Promise<Workspace> {
	const workspaceId =
		'workspaceId' in knowledgeBase
			? knowledgeBase.workspaceId
			: (await resolveLink(client, { url: knowledgeBase.url, operatorId })).workspaceId;
	return await getWorkspace(client, {
		workspaceId: readId(workspaceId ?? '', 'Knowledge Base'),
		operatorId,
		...wish,
	});
}
