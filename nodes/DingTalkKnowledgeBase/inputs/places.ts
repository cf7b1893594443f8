import type { INodeProperties } from 'n8n-workflow';

import { badInput } from '../../shared/errors';
import { byId, fromList } from '../../shared/descriptions/locator-modes';
import { readDentryUuid, readId, readLink } from './links';
import type { Locator } from './locator';
import { byLink } from './locator-modes';

export const knowledgeBaseField: INodeProperties = {
	displayName: 'Knowledge Base',
	name: 'knowledgeBase',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	description:
		'The knowledge base to upload into. Not needed when the parent folder is given by link or ID.',
	modes: [
		fromList('searchKnowledgeBases'),
		byLink('e.g. https://alidocs.dingtalk.com/i/spaces/nb9XJ.../overview'),
		byId('e.g. nb9XJ4RnAlnOQwLk'),
	],
};

/** Where Upload File puts the file: with a picker that follows the knowledge base. */
export const parentOfKnowledgeBaseField: INodeProperties = {
	displayName: 'Parent Folder',
	name: 'parent',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	description: 'The folder to upload into. Leave empty for the root of the knowledge base.',
	typeOptions: { loadOptionsDependsOn: ['knowledgeBase.value', 'operator.value'] },
	modes: [
		fromList('searchFolders'),
		byLink('e.g. https://alidocs.dingtalk.com/i/nodes/20eMKjyp81RRQR...'),
		byId(
			'e.g. 20eMKjyp81RRQRgPCX0yYmnm8xAZB1Gv',
			'The dentryUuid of the folder, also called node ID',
		),
	],
};

/** The parent of the single steps, where no knowledge base is chosen. */
export const parentField: INodeProperties = {
	...parentOfKnowledgeBaseField,
	default: { mode: 'url', value: '' },
	required: true,
	description: 'The folder to upload into, or the root folder of a knowledge base',
	typeOptions: undefined,
	modes: parentOfKnowledgeBaseField.modes?.filter(({ name }) => name !== 'list'),
};

export const documentField: INodeProperties = {
	displayName: 'Document',
	name: 'document',
	type: 'resourceLocator',
	default: { mode: 'url', value: '' },
	required: true,
	description: 'The document, spreadsheet or AI table that gets the image or attachment',
	modes: [
		byLink('e.g. https://alidocs.dingtalk.com/i/nodes/20eMKjyp81RRQR...'),
		fromList('searchDocuments', { searchFilterRequired: true }),
		byId(
			'e.g. 20eMKjyp81RRQRgPCX0yYmnm8xAZB1Gv',
			'Its dentryUuid, document ID, workbook ID or base ID',
		),
	],
};

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
	const { displayName: label } = parentField;
	if (parent.value === '') return { rootOf: readKnowledgeBase(knowledgeBase) };
	if (parent.mode !== 'url') return { dentryUuid: readDentryUuid(parent.value, label) };
	const { id, workspaceId, url } = readLink(parent.value, label);
	if (id) return { dentryUuid: readDentryUuid(id, label) };
	return workspaceId ? { rootOf: { workspaceId } } : { url };
}

/**
 * The document that an input names.
 *
 * @throws {UploadError} for ids and links that cannot be one
 */
export function readDocument({ mode, value }: Locator): Place {
	const { displayName: label } = documentField;
	if (value === '') throw badInput('No document is given', 'Choose it by link or by id.');
	if (mode !== 'url') return { dentryUuid: readId(value, label) };
	const { id, url } = readLink(value, label);
	return id ? { dentryUuid: readId(id, label) } : { url };
}

/**
 * The knowledge base that an input names.
 *
 * @throws {UploadError} for ids and links that cannot be one, and when nothing is chosen
 */
export function readKnowledgeBase({ mode, value }: Locator): KnowledgeBase {
	const { displayName: label } = knowledgeBaseField;
	if (value === '') {
		throw badInput(
			'No knowledge base is chosen',
			'Choose a knowledge base, whose root is then used, or give "Parent Folder" by link or id.',
		);
	}
	if (mode !== 'url') return { workspaceId: readId(value, label) };
	const { workspaceId, url } = readLink(value, label);
	return workspaceId ? { workspaceId: readId(workspaceId, label) } : { url };
}
