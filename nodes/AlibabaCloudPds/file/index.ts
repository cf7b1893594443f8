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
				description: 'Make the uploaded parts a file',
			},
			{
				name: 'Get Upload URL',
				value: 'getUploadUrl',
				action: 'Get upload URL',
				description: 'Get addresses to upload the parts of a file to',
			},
			{
				name: 'List Uploaded Parts',
				value: 'listUploadedParts',
				action: 'List uploaded parts',
				description: 'List the parts that the storage has of an unfinished upload',
			},
			{
				name: 'Upload File',
				value: 'upload',
				action: 'Upload a file',
				description: 'Upload files of any size, in parts, and resume what was not finished',
			},
		],
	},
	...upload.description,
	...getUploadUrl.description,
	...listUploadedParts.description,
	...completeUpload.description,
];
