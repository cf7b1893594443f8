import type { INodeProperties } from 'n8n-workflow';

const LINK = 'https?:\\/\\/[^\\s]*dingtalk\\.(?:com|io)(\\/[^\\s]*)';
const LINK_HINT = 'Paste the address from the browser';
function byLink(placeholder: string) {
	return {
		displayName: 'By Link',
		name: 'url',
		type: 'string' as const,
		placeholder,
		hint: LINK_HINT,
		extractValue: { type: 'regex' as const, regex: LINK },
	};
}

function fromList(searchListMethod: string, more: { searchFilterRequired?: boolean } = {}) {
	return {
		displayName: 'From List',
		name: 'list',
		type: 'list' as const,
		typeOptions: { searchListMethod, searchable: true, ...more },
	};
}

/** In whose name the file is uploaded. */
export const operatorField: INodeProperties = {
	displayName: 'Operator',
	name: 'operator',
	type: 'resourceLocator',
	default: { mode: 'unionId', value: '' },
	description:
		'The person in whose name the file is uploaded; needs edit rights on the target. Leave empty to use the operator of the credential.',
	modes: [
		{
			displayName: 'Union ID',
			name: 'unionId',
			type: 'string',
			placeholder: 'From the credential',
		},
		{
			displayName: 'User ID',
			name: 'userId',
			type: 'string',
			placeholder: 'e.g. manager4220',
			hint: 'As shown in the DingTalk admin console; the app needs permission to read contacts',
		},
		{
			displayName: 'Mobile',
			name: 'mobile',
			type: 'string',
			placeholder: 'e.g. 13800000000',
			hint: 'The app needs permission to look up members by mobile number',
		},
	],
};

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
		{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. nb9XJ4RnAlnOQwLk' },
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
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 20eMKjyp81RRQRgPCX0yYmnm8xAZB1Gv',
			hint: 'The dentryUuid of the folder, also called node ID',
		},
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
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 20eMKjyp81RRQRgPCX0yYmnm8xAZB1Gv',
			hint: 'Its dentryUuid, document ID, workbook ID or base ID',
		},
	],
};
