import type { IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';

import { describe } from './describe';

/** A trigger that puts out the items the run was given. */
export function trigger(name: string, displayName: string): new () => INodeType {
	return class implements INodeType {
		description = describe(name, displayName, {
			group: ['trigger'],
			version: [1, 1.1, 1.2, 1.3, 2, 2.1, 2.2, 2.3, 2.4, 2.5],
			inputs: [],
		});

		async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
			return [this.getInputData()];
		}
	};
}

/** Puts out the time, as the Schedule Trigger does, unless the run was given items. */
export class ScheduleTrigger extends trigger('scheduleTrigger', 'Schedule Trigger') {
	override async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const items = this.getInputData();
		const isGiven = items.some(({ json, binary }) => Object.keys({ ...json, ...binary }).length);
		if (isGiven) return [items];
		const now = new Date();
		const month = now.toLocaleString('en-US', { month: 'long' });
		return [
			[
				{
					json: {
						timestamp: now.toISOString(),
						Year: String(now.getFullYear()),
						Month: month,
						'Day of month': String(now.getDate()).padStart(2, '0'),
					},
				},
			],
		];
	}
}
