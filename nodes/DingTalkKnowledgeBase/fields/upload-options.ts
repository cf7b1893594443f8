import type { INodeProperties } from 'n8n-workflow';

export const preferRegionOption: INodeProperties = {
	displayName: 'Preferred Region',
	name: 'preferRegion',
	type: 'options',
	default: 'UNKNOWN',
	description: 'Where the file is preferably stored',
	options: [
		{ name: 'No Preference', value: 'UNKNOWN' },
		{ name: 'Shanghai', value: 'SHANGHAI' },
		{ name: 'Shenzhen', value: 'SHENZHEN' },
		{ name: 'Singapore', value: 'SINGAPORE' },
		{ name: 'Zhangjiakou', value: 'ZHANGJIAKOU' },
	],
};

export const preferIntranetOption: INodeProperties = {
	displayName: 'Prefer Intranet',
	name: 'preferIntranet',
	type: 'boolean',
	default: true,
	description:
		'Whether to transfer over the intranet where the organisation has dedicated storage set up for it',
};

export const conflictStrategyOption: INodeProperties = {
	displayName: 'Conflict Strategy',
	name: 'conflictStrategy',
	type: 'options',
	default: 'AUTO_RENAME',
	description: 'What happens when a file of this name is already in the folder',
	options: [
		{
			name: 'Fail',
			value: 'RETURN_ERROR_IF_EXISTS',
			description: 'Report an error',
		},
		{
			name: 'Keep the Existing File',
			value: 'RETURN_DENTRY_IF_EXISTS',
			description: 'Return the file that is there; the upload is discarded',
		},
		{
			name: 'Overwrite',
			value: 'OVERWRITE',
			description: 'Replace the content of the existing file',
		},
		{
			name: 'Rename',
			value: 'AUTO_RENAME',
			description: 'Store the file under a new name such as "report (1).pdf"',
		},
	],
};

export const convertToOnlineDocOption: INodeProperties = {
	displayName: 'Convert to Online Document',
	name: 'convertToOnlineDoc',
	type: 'boolean',
	default: false,
	description:
		'Whether to turn a Word, Excel, Markdown, text or mind map file into a DingTalk document that can be edited online',
};

export const targetDocumentTypeOption: INodeProperties = {
	displayName: 'Convert to Document Type',
	name: 'convertToOnlineDocTargetDocumentType',
	type: 'string',
	default: '',
	placeholder: 'e.g. DOC',
	description:
		'The kind of online document to convert to, e.g. DOC or WORKBOOK; by default DingTalk chooses',
};

export const appPropertiesOption: INodeProperties = {
	displayName: 'App Properties',
	name: 'appProperties',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	default: {},
	placeholder: 'Add Property',
	description: 'Data of your app that is kept with the file; at most 3',
	options: [
		{
			displayName: 'Property',
			name: 'property',
			values: [
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					description: 'Must be unique within the app',
				},
				{ displayName: 'Value', name: 'value', type: 'string', default: '' },
				{
					displayName: 'Visibility',
					name: 'visibility',
					type: 'options',
					default: 'PUBLIC',
					options: [
						{ name: 'Private', value: 'PRIVATE', description: 'Visible only to this app' },
						{ name: 'Public', value: 'PUBLIC', description: 'Visible to all apps' },
					],
				},
			],
		},
	],
};

/** The commit call's options, in the order of the field's name. */
export const commitOptions: INodeProperties[] = [
	appPropertiesOption,
	conflictStrategyOption,
	convertToOnlineDocOption,
	targetDocumentTypeOption,
];
