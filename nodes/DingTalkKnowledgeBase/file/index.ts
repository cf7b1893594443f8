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
				description: 'Turn the uploaded bytes into a file in a folder (step 3 of 3)',
			},
			{
				name: 'Get Upload Info',
				value: 'getUploadInfo',
				action: 'Get upload info',
				description: 'Get an upload address and signed headers (step 1 of 3)',
			},
			{
				name: 'Upload File',
				value: 'upload',
				action: 'Upload a file',
				description: 'Upload files to a knowledge base in one operation',
			},
			{
				name: 'Upload to OSS',
				value: 'uploadToOss',
				action: 'Upload a file to OSS',
				description: 'Send the file content to the storage (step 2 of 3)',
			},
		],
	},
	...upload.description,
	...getUploadInfo.description,
	...uploadToOss.description,
	...commit.description,
];
