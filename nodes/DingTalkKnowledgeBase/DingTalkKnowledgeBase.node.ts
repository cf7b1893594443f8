import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { executeOperation } from '../shared/execution';
import * as document from './document';
import * as file from './file';
import * as folder from './folder';
import * as knowledgeBase from './knowledgeBase';
import * as listSearch from './listSearch';
import { Run } from './run';

const OPERATIONS = {
	document: document.operations,
	file: file.operations,
	folder: folder.operations,
	knowledgeBase: knowledgeBase.operations,
};

export class DingTalkKnowledgeBase implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'DingTalk Knowledge Base',
		name: 'dingTalkKnowledgeBase',
		icon: { light: 'file:dingTalk.svg', dark: 'file:dingTalk.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description:
			'Upload, find and organize files in the DingTalk Knowledge Base and DingTalk documents',
		defaults: { name: 'DingTalk Knowledge Base' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'dingTalkApi',
				required: true,
				displayOptions: { hide: { operation: ['uploadToOss'] } },
			},
		],
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				default: 'file',
				options: [
					{ name: 'Document', value: 'document' },
					{ name: 'File', value: 'file' },
					{ name: 'Folder', value: 'folder' },
					{ name: 'Knowledge Base', value: 'knowledgeBase' },
				],
			},
			...file.description,
			...document.description,
			...folder.description,
			...knowledgeBase.description,
		],
	};

	methods = { listSearch: { ...listSearch } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [await executeOperation(this, OPERATIONS, (context) => new Run(context))];
	}
}
