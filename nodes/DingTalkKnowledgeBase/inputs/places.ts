import { badInput } from '../../shared/errors';
import { readDentryUuid, readId, readLink } from './links';
import type { Locator } from './locator';

/** What an input tells of a knowledge base: its id, or a link into it. */
export type KnowledgeBase = { workspaceId: string } | { url: string };

/** What an input tells of a file, folder or document. */
export type Place =
	| { dentryUuid: string }
	/** Behind a link that does not carry the id. */
	| { url: string }
	/** The root folder of a knowledge base. */
	| { rootOf: KnowledgeBase };

/**
 * The folder to upload into: the one given, or the root of the knowledge base when none is.
 *
 * @throws {UploadError} for ids and links that cannot be one
 */
export function readParent(parent: Locator, knowledgeBase: Locator): Place {
	if (parent.value === '') return { rootOf: readKnowledgeBase(knowledgeBase) };
	if (parent.mode !== 'url') return { dentryUuid: readDentryUuid(parent.value, 'Parent Folder') };
	const { id, workspaceId, url } = readLink(parent.value, 'Parent Folder');
	if (id) return { dentryUuid: readDentryUuid(id, 'Parent Folder') };
	return workspaceId ? { rootOf: { workspaceId } } : { url };
}

/**
 * The document that an input names.
 *
 * @throws {UploadError} for ids and links that cannot be one
 */
export function readDocument({ mode, value }: Locator): Place {
	if (value === '') throw badInput('No document is given', 'Choose it by link or by id.');
	if (mode !== 'url') return { dentryUuid: readId(value, 'Document') };
	const { id, url } = readLink(value, 'Document');
	return id ? { dentryUuid: readId(id, 'Document') } : { url };
}

/**
 * The knowledge base that an input names.
 *
 * @throws {UploadError} for ids and links that cannot be one, and when nothing is chosen
 */
export function readKnowledgeBase({ mode, value }: Locator): KnowledgeBase {
	if (value === '') {
		throw badInput(
			'No knowledge base is chosen',
			'Choose a knowledge base, whose root is then used, or give "Parent Folder" by link or id.',
		);
	}
	if (mode !== 'url') return { workspaceId: readId(value, 'Knowledge Base') };
	const { workspaceId, url } = readLink(value, 'Knowledge Base');
	return workspaceId ? { workspaceId: readId(workspaceId, 'Knowledge Base') } : { url };
}
