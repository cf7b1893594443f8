import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { executeOperation } from '../shared/execution';
import * as file from './file';
import * as listSearch from './listSearch';
import { Run } from './run';

const OPERATIONS = { file: file.operations };

export class AlibabaCloudPds implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Alibaba Cloud PDS',
		name: 'alibabaCloudPds',
		icon: { light: 'file:pds.svg', dark: 'file:pds.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Upload files to Alibaba Cloud Drive and Photo Service (PDS)',
		defaults: { name: 'Alibaba Cloud PDS' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'alibabaCloudPdsApi', required: true }],
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				default: 'file',
				options: [{ name: 'File', value: 'file' }],
			},
			...file.description,
		],
	};

	methods = { listSearch: { ...listSearch } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [await executeOperation(this, OPERATIONS, (context) => new Run(context))];
	}
}
