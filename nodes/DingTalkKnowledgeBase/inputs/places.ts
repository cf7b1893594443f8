import type { INodeProperties } from 'n8n-workflow';

import { badInput } from '../../shared/errors';
import { byId, fromList } from '../../shared/descriptions/locator-modes';
import type { Parameter } from '../../shared/parameter';
import { readDentryUuid, readId, readLink } from './links';
import { locatorOf, type Locator } from './locator';
import { byLink } from './locator-modes';

export const knowledgeBaseField: INodeProperties = {
	displayName: 'Knowledge Base',
	name: 'knowledgeBase',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	description:
		'The knowledge base to upload to. Not needed if the parent folder is given by link or ID.',
	modes: [
		fromList('searchKnowledgeBases'),
		byLink('e.g. https://alidocs.dingtalk.com/i/spaces/nb9XJ.../overview'),
		byId('e.g. nb9XJ4RnAlnOQwLk'),
	],
};

/** The parent folder of Upload File, with a picker that depends on the knowledge base. */
export const parentOfKnowledgeBaseField: INodeProperties = {
	displayName: 'Parent Folder',
	name: 'parent',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	description: 'The folder to upload to. Leave empty for the root of the knowledge base.',
	typeOptions: { loadOptionsDependsOn: ['knowledgeBase.value', 'operator.value'] },
	modes: [
		fromList('searchFolders'),
		byLink('e.g. https://alidocs.dingtalk.com/i/nodes/20eMKjyp81RRQR...'),
		byUuid('The dentryUuid of the folder, also called node ID'),
	],
};

/** The parent folder of the single steps, where no knowledge base is chosen. */
export const parentField: INodeProperties = {
	...parentOfKnowledgeBaseField,
	default: { mode: 'url', value: '' },
	required: true,
	description: 'The folder to upload to, which may be the root folder of a knowledge base',
	typeOptions: undefined,
	modes: parentOfKnowledgeBaseField.modes?.filter(({ name }) => name !== 'list'),
};

export const documentParameter = place(
	{
		displayName: 'Document',
		name: 'document',
		type: 'resourceLocator',
		default: { mode: 'url', value: '' },
		required: true,
		description: 'The document, spreadsheet or AI table to upload the image or attachment for',
		modes: [
			byLink('e.g. https://alidocs.dingtalk.com/i/nodes/20eMKjyp81RRQR...'),
			fromList('searchDocuments', { searchFilterRequired: true }),
			byUuid('Its dentryUuid, document ID, workbook ID or base ID'),
		],
	},
	readId,
);

/** A knowledge base as entered: its ID, or a link into it. */
export type KnowledgeBase = { workspaceId: string } | { url: string };

/** A file, folder or document as entered. */
export type Place =
	| { dentryUuid: string }
	/** A link that does not contain the ID. */
	| { url: string }
	/** The root folder of a knowledge base. */
	| { rootOf: KnowledgeBase };

/**
 * Reads the folder to upload to: the given one, or else the root of the knowledge base.
 *
 * @throws {UploadError} for IDs and links that cannot be one
 */
export function readParent(parent: Locator, knowledgeBase: Locator): Place {
	const { displayName: label } = parentField;
	if (parent.value === '') return { rootOf: readKnowledgeBase(knowledgeBase) };
	if (parent.mode !== 'url') return { dentryUuid: readDentryUuid(parent.value, label) };
	const { id, workspaceId, url } = readLink(parent.value, label);
	if (id) return { dentryUuid: readDentryUuid(id, label) };
	return workspaceId ? { rootOf: { workspaceId } } : { url };
}

/** The mode for an ID like those of files, folders and documents. @param hint which IDs are taken */
export function byUuid(hint: string) {
	return byId('e.g. 20eMKjyp81RRQRgPCX0yYmnm8xAZB1Gv', hint);
}

/**
 * Makes a parameter for a file, folder or document that is given by ID or link.
 *
 * @param readAs reads the ID: {@link readDentryUuid}, or {@link readId} where others are valid too
 */
export function place(field: INodeProperties, readAs: typeof readId): Parameter<Place> {
	const { displayName: label } = field;
	return {
		field,
		read: (given) => {
			const { mode, value } = locatorOf(given);
			if (value === '') {
				throw badInput(`No ${label.toLowerCase()} is given`, 'Choose it by link or by ID.');
			}
			if (mode !== 'url') return { dentryUuid: readAs(value, label) };
			const { id, url } = readLink(value, label);
			return id ? { dentryUuid: readAs(id, label) } : { url };
		},
	};
}

/**
 * Reads the knowledge base.
 *
 * @param advice what to do when nothing is chosen
 * @throws {UploadError} for IDs and links that cannot be one, and when nothing is chosen
 */
export function readKnowledgeBase(
	{ mode, value }: Locator,
	advice = 'Choose a knowledge base to use its root, or enter "Parent Folder" by link or ID.',
): KnowledgeBase {
	const { displayName: label } = knowledgeBaseField;
	if (value === '') throw badInput('No knowledge base is chosen', advice);
	if (mode !== 'url') return { workspaceId: readId(value, label) };
	const { workspaceId, url } = readLink(value, label);
	return workspaceId ? { workspaceId: readId(workspaceId, label) } : { url };
}
