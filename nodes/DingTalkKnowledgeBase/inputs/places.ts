import { badInput } from '../../shared/errors';
import type { DingTalkClient } from '../api/client';
import { getWorkspace, type Workspace } from '../api/get-workspace';
import { resolveLink } from '../api/resolve-link';
import { readDentryUuid, readId, readLink } from './links';
import type { Locator } from './locator';

/** Asks the service, in the name of an operator (union id), for what the input does not tell. */
export type LookUp<Answer = string> = (operatorId: string) => Promise<Answer>;

/**
 * The dentryUuid of the folder to upload into: the folder itself, or the root of the knowledge base
 * when no folder is given.
 *
 * @throws {UploadError} for ids and links that cannot be one
 */
export function readParent(
	client: DingTalkClient,
	{ knowledgeBase, parent }: { knowledgeBase: Locator; parent: Locator },
): LookUp {
	if (parent.value === '') {
		const root = readKnowledgeBase(client, knowledgeBase);
		return async (operatorId) => (await root(operatorId)).rootNodeId;
	}
	if (parent.mode !== 'url') return known(readDentryUuid(parent.value, 'Parent Folder'));
	const { id, workspaceId, url } = readLink(parent.value, 'Parent Folder');
	if (id) return known(readDentryUuid(id, 'Parent Folder'));
	if (!workspaceId) return async (operatorId) => await idBehind(client, url, operatorId);
	return async (operatorId) => (await getWorkspace(client, { workspaceId, operatorId })).rootNodeId;
}

/**
 * The id of the document that a link or an id names.
 *
 * @throws {UploadError} for ids and links that cannot be one
 */
export function readDocument(client: DingTalkClient, { mode, value }: Locator): LookUp {
	if (value === '') throw badInput('No document is given', 'Choose it by link or by id.');
	if (mode !== 'url') return known(readId(value, 'Document'));
	const { id, url } = readLink(value, 'Document');
	if (id) return known(readId(id, 'Document'));
	return async (operatorId) => await idBehind(client, url, operatorId);
}

/**
 * The knowledge base that a link or an id names, with its root folder.
 *
 * @throws {UploadError} for ids and links that cannot be one, and when nothing is chosen
 */
export function readKnowledgeBase(
	client: DingTalkClient,
	{ mode, value }: Locator,
): LookUp<Workspace> {
	if (value === '') {
		throw badInput(
			'No knowledge base is chosen',
			'Choose a knowledge base, whose root is then used, or give "Parent Folder" by link or id.',
		);
	}
	const { workspaceId, url = '' } =
		mode === 'url'
			? readLink(value, 'Knowledge Base')
			: { workspaceId: readId(value, 'Knowledge Base') };
	return async (operatorId) => {
		const id = workspaceId ?? (await resolveLink(client, { url, operatorId })).workspaceId ?? '';
		return await getWorkspace(client, {
			workspaceId: readId(id, 'Knowledge Base'),
			operatorId,
		});
	};
}

function known(id: string): LookUp {
	return async () => id;
}

/** A link that does not carry the id itself. */
async function idBehind(client: DingTalkClient, url: string, operatorId: string): Promise<string> {
	return (await resolveLink(client, { url, operatorId })).dentryUuid;
}
