import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { n8nWorkflow } from '../../engine';
import { NODE } from '../../measure/node-parameters';
import { PDS_NODE } from '../../measure/pds-parameters';
import { projectFolder } from '../../measure/places';

/** By the full name of our node: that of one with the same fields, which only reads them. */
export const READERS: Record<string, string> = {
	[NODE]: 'bench.readDingTalk',
	[PDS_NODE]: 'bench.readPds',
};

/** What such a node throws when it has read everything. */
export const ALL_READ = 'All parameters are read';

/** Those nodes, by their full names. */
export function readers(): Record<string, new () => INodeType> {
	return {
		[READERS[NODE]]: readerLike('DingTalkKnowledgeBase'),
		[READERS[PDS_NODE]]: readerLike('AlibabaCloudPds'),
	};
}

function readerLike(name: string): new () => INodeType {
	const path = join(projectFolder, 'dist', 'nodes', name, `${name}.node.js`);
	const built = createRequire(import.meta.url)(path) as Record<string, new () => INodeType>;
	const { description } = new built[name]();
	return class extends Reader {
		description = description;
	};
}

/**
 * n8n's own reading of each parameter of each item, and nothing else: no check, no pause. It ends like
 * a node that refuses the last item.
 */
abstract class Reader implements INodeType {
	abstract description: INodeTypeDescription;

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const chosen = ['resource', 'operation'];
		const names = Object.keys(this.getNode().parameters).filter((name) => !chosen.includes(name));
		const items = this.getInputData();
		for (const itemIndex of items.keys()) {
			for (const name of names) this.getNodeParameter(name, itemIndex);
		}
		const itemIndex = items.length - 1;
		throw new n8nWorkflow.NodeOperationError(this.getNode(), ALL_READ, { itemIndex });
	}
}
