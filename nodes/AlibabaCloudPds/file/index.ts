import type { INodeProperties } from 'n8n-workflow';

import * as completeUpload from './completeUpload.operation';
import * as getUploadUrl from './getUploadUrl.operation';
import * as listUploadedParts from './listUploadedParts.operation';
import * as upload from './upload.operation';

export const operations = { completeUpload, getUploadUrl, listUploadedParts, upload };

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['file'] } },
		default: 'upload',
		options: [
			{
				name: 'Complete Upload',
				value: 'completeUpload',
				action: 'Complete an upload',
				description: 'Turn the uploaded parts into a file',
			},
			{
				name: 'Get Upload URL',
				value: 'getUploadUrl',
				action: 'Get upload URL',
				description: 'Get the URLs for uploading the parts of a file',
			},
			{
				name: 'List Uploaded Parts',
				value: 'listUploadedParts',
				action: 'List uploaded parts',
				description: 'List the stored parts of an unfinished upload',
			},
			{
				name: 'Upload File',
				value: 'upload',
				action: 'Upload a file',
				description: 'Upload files of any size in parts, or resume an unfinished upload',
			},
		],
	},
	...upload.description,
	...getUploadUrl.description,
	...listUploadedParts.description,
	...completeUpload.description,
];
