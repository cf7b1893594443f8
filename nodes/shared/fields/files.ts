import type { INodeProperties } from 'n8n-workflow';

export const inputDataFieldNameField: INodeProperties = {
	displayName: 'Input Binary Field',
	name: 'inputDataFieldName',
	type: 'string',
	default: 'data',
	required: true,
	placeholder: 'e.g. data, attachment_*, *',
	hint: 'The name of the input binary field containing the file to be uploaded. Several: separate them with commas, or use * as a wildcard. Leave out with !, e.g. *, !image_*.',
	description:
		'One field, several separated by commas, or wildcards; each file becomes one upload and one output item',
};

/** The name under which the file is stored. */
export const fileNameOption: INodeProperties = {
	displayName: 'File Name',
	name: 'fileName',
	type: 'string',
	default: '',
	placeholder: 'e.g. report.pdf',
	description: 'The name to store the file under, with extension; by default the name that it has',
};

/** For texts that are no file yet, above all those of AI agents, which cannot pass files. */
export const contentOption: INodeProperties = {
	displayName: 'Text Content',
	name: 'content',
	type: 'string',
	typeOptions: { rows: 4 },
	default: '',
	description:
		'Text to upload as a file (UTF-8) instead of a binary field; needs the option "File Name"',
};

export const folderPathOption: INodeProperties = {
	displayName: 'Folder Path',
	name: 'folderPath',
	type: 'string',
	default: '',
	placeholder: 'e.g. Invoices/2026',
	description: 'Folders below the parent folder; those that do not exist are made',
};

export const timeoutOption: INodeProperties = {
	displayName: 'Timeout',
	name: 'timeout',
	type: 'number',
	typeOptions: { minValue: 1000 },
	default: 120000,
	description:
		'Milliseconds without any progress after which an upload is tried again. An upload that moves is never cut, however long it takes.',
};

export const maxConcurrencyOption: INodeProperties = {
	displayName: 'Max Concurrency',
	name: 'maxConcurrency',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 64 },
	default: 8,
	description: 'How many files are uploaded at the same time; memory grows with it, not with size',
};

export const maxRequestsPerSecondOption: INodeProperties = {
	displayName: 'Max Requests per Second',
	name: 'maxRequestsPerSecond',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 1000 },
	default: 20,
	description:
		'Calls a second that the app may make to each API, over all items and executions of this n8n process. DingTalk allows 20 in its standard edition.',
};
