import type { INodeProperties } from 'n8n-workflow';

import { maxConcurrencyOption as sharedOption } from '../../shared/fields/files';
import { DEFAULT_CONCURRENCY } from '../run';

export const checkNameModeOption: INodeProperties = {
	displayName: 'Name Conflict',
	name: 'checkNameMode',
	type: 'options',
	default: 'ignore',
	description: 'What to do when a file of this name is in the folder',
	options: [
		{
			name: 'Ignore',
			value: 'ignore',
			description: 'Upload a second file of the same name',
		},
		{
			name: 'Overwrite',
			value: 'overwrite',
			description: 'Give the file that is there a new version',
		},
		{
			name: 'Refuse',
			value: 'refuse',
			description: 'Upload nothing and output the file that is there',
		},
		{
			name: 'Rename',
			value: 'auto_rename',
			description: 'Add the time to the name of the new file',
		},
	],
};

export const partSizeOption: INodeProperties = {
	displayName: 'Part Size',
	name: 'partSize',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 0,
	description:
		'MiB of each part; 0 chooses by the size of the file, 8 MiB up to 70 GB. Memory grows with part size × max concurrency.',
};

export const maxConcurrencyOption: INodeProperties = {
	...sharedOption,
	default: DEFAULT_CONCURRENCY,
	description:
		'How many parts are uploaded at the same time, over all files. With 1, or where the drive does not allow more, the parts of a file go one after the other.',
};

export const contentTypeOption: INodeProperties = {
	displayName: 'Content Type',
	name: 'contentType',
	type: 'string',
	default: '',
	placeholder: 'e.g. application/pdf',
	description: 'The MIME type stored with the file; by default the one that n8n found',
};

export const rapidUploadOption: INodeProperties = {
	displayName: 'Rapid Upload',
	name: 'rapidUpload',
	type: 'boolean',
	default: false,
	description:
		'Whether to send the hash of the file first: bytes that are already stored in the domain are then not sent. A file that seems to be there is read once more.',
};

export const resumeOption: INodeProperties = {
	displayName: 'Resume',
	name: 'resume',
	type: 'fixedCollection',
	default: {},
	description:
		'An unfinished upload to go on with; both IDs are in the details of its error. Only what is missing is sent.',
	options: [
		{
			displayName: 'Upload',
			name: 'upload',
			values: [
				{ displayName: 'File ID', name: 'fileId', type: 'string', default: '' },
				{ displayName: 'Upload ID', name: 'uploadId', type: 'string', default: '' },
			],
		},
	],
};
