import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import * as document from './document';
import * as file from './file';
import * as pickers from './pickers';

type Execute = (context: IExecuteFunctions) => Promise<INodeExecutionData[]>;

const OPERATIONS: Record<string, Record<string, { execute: Execute }>> = {
	document: document.operations,
	file: file.operations,
};

export class DingTalkKnowledgeBase implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'DingTalk Knowledge Base',
		name: 'dingTalkKnowledgeBase',
		icon: { light: 'file:dingTalk.svg', dark: 'file:dingTalk.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Upload files to the DingTalk Knowledge Base and to DingTalk documents',
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
				],
			},
			...file.description,
			...document.description,
		],
	};

	methods = { listSearch: { ...pickers } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const resource = this.getNodeParameter('resource', 0) as string;
		const operation = this.getNodeParameter('operation', 0) as string;
		return [await OPERATIONS[resource][operation].execute(this)];
	}
}
