import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';

import { n8nWorkflow } from '../n8n';
import { describe, properties } from './describe';

/** Convert to File: the operations `toText` and `toJson` (all items, or each to its own file). */
export class ConvertToFile implements INodeType {
	description = describe('convertToFile', 'Convert to File', {
		group: ['input'],
		version: [1, 1.1],
		properties: properties({
			operation: 'csv',
			sourceProperty: '',
			mode: 'once',
			binaryPropertyName: 'data',
			options: {},
		}),
	});

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const operation = this.getNodeParameter('operation', 0, 'csv') as string;
		const items = this.getInputData();
		if (operation === 'toText') {
			const files = items.map(async ({ json }, index) => {
				const source = this.getNodeParameter('sourceProperty', index, '') as string;
				return await toFile(this, index, textOf(json, source), 'file.txt', 'text/plain');
			});
			return [await Promise.all(files)];
		}
		if (operation !== 'toJson') {
			throw new n8nWorkflow.NodeOperationError(
				this.getNode(),
				`The Convert to File stand-in has no operation "${operation}"`,
			);
		}
		if (this.getNodeParameter('mode', 0, 'once') === 'once') {
			const text = JSON.stringify(items.map(({ json }) => json));
			const file = await toFile(this, 0, text, 'file.json', 'application/json');
			return [[{ ...file, pairedItem: items.map((_, item) => ({ item })) }]];
		}
		const files = items.map(
			async ({ json }, index) =>
				await toFile(this, index, JSON.stringify(json), 'file.json', 'application/json'),
		);
		return [await Promise.all(files)];
	}
}

async function toFile(
	context: IExecuteFunctions,
	index: number,
	text: string,
	defaultName: string,
	mimeType: string,
): Promise<INodeExecutionData> {
	const field = context.getNodeParameter('binaryPropertyName', index, 'data') as string;
	const { fileName } = context.getNodeParameter('options', index, {}) as { fileName?: string };
	const name = fileName || defaultName;
	const data = await context.helpers.prepareBinaryData(Buffer.from(text), name, mimeType);
	return { json: {}, binary: { [field]: data }, pairedItem: { item: index } };
}

function textOf(json: IDataObject, path: string): string {
	const value = path
		.split('.')
		.reduce<unknown>((at, key) => (at as IDataObject | undefined)?.[key], json);
	return typeof value === 'string' ? value : JSON.stringify(value);
}
