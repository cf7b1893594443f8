import type { INodeProperties } from 'n8n-workflow';

import * as commit from './commit.operation';
import * as getUploadInfo from './getUploadInfo.operation';
import * as upload from './upload.operation';
import * as uploadToOss from './uploadToOss.operation';

export const operations = { commit, getUploadInfo, upload, uploadToOss };

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
				name: 'Commit File',
				value: 'commit',
				action: 'Commit a file',
				description: 'Make uploaded bytes a file in a folder: the third of the three steps',
			},
			{
				name: 'Get Upload Info',
				value: 'getUploadInfo',
				action: 'Get upload info',
				description: 'Ask for an address and signed headers: the first of the three steps',
			},
			{
				name: 'Upload File',
				value: 'upload',
				action: 'Upload a file',
				description: 'Upload files to a knowledge base: all three steps at once',
			},
			{
				name: 'Upload to OSS',
				value: 'uploadToOss',
				action: 'Upload a file to OSS',
				description: 'Send the bytes to the storage: the second of the three steps',
			},
		],
	},
	...upload.description,
	...getUploadInfo.description,
	...uploadToOss.description,
	...commit.description,
];
