import type { IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';

import { describe } from './describe';

/** No Operation, do nothing. */
export class NoOp implements INodeType {
	description = describe('noOp', 'No Operation, do nothing', { group: ['organization'] });

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [this.getInputData()];
	}
}

/** A note on the canvas; never runs. */
export class StickyNote extends NoOp {
	override description = describe('stickyNote', 'Sticky Note', { inputs: [], outputs: [] });
}
