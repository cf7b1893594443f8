import type { INodeProperties } from 'n8n-workflow';

import * as uploadResource from './uploadResource.operation';

export const operations = { uploadResource };

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['document'] } },
		default: 'uploadResource',
		options: [
			{
				name: 'Upload Doc Resource',
				value: 'uploadResource',
				action: 'Upload a doc resource',
				description: 'Upload an image or attachment for a document or an AI table',
			},
		],
	},
	...uploadResource.description,
];
