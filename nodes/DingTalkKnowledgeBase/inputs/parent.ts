import { badInput } from '../../shared/errors';
import type { DingTalkClient } from '../api/client';
import { getWorkspace, type Workspace } from '../api/get-workspace';
import { nodeByUrl } from '../api/list-nodes';
import { readDentryUuid, readId, readLink } from './links';
import type { Locator } from './locator';

export interface ParentRequest {
	knowledgeBase: Locator;
	parent: Locator;
	/** Union id. */
	operatorId: string;
}

/**
 * The dentryUuid of the folder to upload into: the folder itself, or the root of the knowledge base
 * when no folder is given.
 *
 * @throws {UploadError} for ids and links that cannot be one, before anything is sent
 */
export async function resolveParent(
	client: DingTalkClient,
	{ knowledgeBase, parent, operatorId }: ParentRequest,
): Promise<string> {
	if (parent.value === '') {
		return (await rootOfKnowledgeBase(client, knowledgeBase, operatorId)).rootNodeId;
	}
	if (parent.mode !== 'url') return readDentryUuid(parent.value, 'Parent Folder');
	const { id, workspaceId } = readLink(parent.value, 'Parent Folder');
	if (workspaceId) return (await getWorkspace(client, { workspaceId, operatorId })).rootNodeId;
	if (id) return readDentryUuid(id, 'Parent Folder');
	return (await nodeByUrl(client, { url: parent.value, operatorId })).nodeId;
}

/** The id of the document that a link or an id names. */
export async function resolveDocument(
	client: DingTalkClient,
	{ mode, value }: Locator,
	operatorId: string,
): Promise<string> {
	if (value === '') throw badInput('No document is given', 'Choose it by link or by id.');
	if (mode !== 'url') return readId(value, 'Document');
	const { id } = readLink(value, 'Document');
	return id ?? (await nodeByUrl(client, { url: value, operatorId })).nodeId;
}

/** The knowledge base that a link or an id names, with its root folder. */
export async function rootOfKnowledgeBase(
	client: DingTalkClient,
	knowledgeBase: Locator,
	operatorId: string,
): Promise<Workspace> {
	if (knowledgeBase.value === '') {
		throw badInput(
			'No knowledge base is chosen',
			'Choose a knowledge base, whose root is then used, or give "Parent Folder" by link or id.',
		);
	}
	const workspaceId = await workspaceIdOf(client, knowledgeBase, operatorId);
	return await getWorkspace(client, { workspaceId, operatorId });
}

async function workspaceIdOf(
	client: DingTalkClient,
	{ mode, value }: Locator,
	operatorId: string,
): Promise<string> {
	if (mode !== 'url') return readId(value, 'Knowledge Base');
	const link = readLink(value, 'Knowledge Base');
	if (link.workspaceId) return link.workspaceId;
	const node = await nodeByUrl(client, { url: value, operatorId });
	return readId(node.workspaceId ?? '', 'Knowledge Base');
}
