import type { INodeProperties } from 'n8n-workflow';

import type { Execution } from './execution';
import type { Operation } from './operation';

/** What a node shows and does for one of its resources. */
export interface Resource<Run extends Execution> {
	/** By the value of the parameter "operation". */
	operations: Record<string, Operation<Run>>;
	description: INodeProperties[];
}

/**
 * Makes a resource of its operations.
 *
 * @param name the value of the parameter "resource"
 * @param operations in the order of their fields; the first is the default
 */
export function resourceOf<Run extends Execution>(
	name: string,
	operations: Array<Operation<Run>>,
): Resource<Run> {
	const options = operations.map(({ option }) => option);
	const [{ value: byDefault }] = options;
	const choice: INodeProperties = {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [name] } },
		default: byDefault,
		options: [...options].sort((a, b) => a.name.localeCompare(b.name, 'en')),
	};
	return {
		operations: Object.fromEntries(operations.map((each) => [each.option.value, each])),
		description: [choice, ...operations.flatMap(({ description }) => description)],
	};
}
