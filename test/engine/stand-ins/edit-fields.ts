import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';

import { describe, properties } from './describe';

interface Assignment {
	name: string;
	value: unknown;
	type?: 'string' | 'number' | 'boolean' | 'array' | 'object';
}

/** Edit Fields (Set) 3.x in manual mode: assignments, "include other fields", files. */
export class EditFields implements INodeType {
	description = describe('set', 'Edit Fields', {
		group: ['input'],
		version: [3, 3.1, 3.2, 3.3, 3.4],
		properties: properties({ assignments: {}, includeOtherFields: false, options: {} }),
	});

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const items = this.getInputData().map((item, index): INodeExecutionData => {
			const assigned = this.getNodeParameter('assignments.assignments', index, []) as Assignment[];
			const includeOthers = this.getNodeParameter('includeOtherFields', index, false) as boolean;
			const options = this.getNodeParameter('options', index, {}) as IDataObject;
			// As in the real node: without the other fields the files are left out, too
			const keepBinary =
				this.getNode().typeVersion >= 3.4
					? includeOthers && !options.stripBinary
					: options.includeBinary === true;
			const json: IDataObject = includeOthers ? structuredClone(item.json) : {};
			for (const { name, value, type } of assigned) setAt(json, name, convert(value, type));
			return {
				json,
				pairedItem: { item: index },
				...(keepBinary && item.binary ? { binary: item.binary } : {}),
			};
		});
		return [items];
	}
}

function convert(value: unknown, type: Assignment['type'] = 'string'): IDataObject[string] {
	if (type === 'number') return Number(value);
	if (type === 'boolean') return value === true || value === 'true';
	if (type === 'array' || type === 'object') {
		return (typeof value === 'string' ? JSON.parse(value) : value) as IDataObject;
	}
	if (type !== 'string') throw new Error(`The Edit Fields stand-in has no type "${String(type)}"`);
	if (value === null || value === undefined) return value as null | undefined;
	return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** `a.b` sets a field of an object, as dot notation does in Edit Fields. */
function setAt(target: IDataObject, path: string, value: IDataObject[string]): void {
	const [first, ...rest] = path.split('.');
	if (!rest.length) {
		target[first] = value;
		return;
	}
	if (typeof target[first] !== 'object' || target[first] === null) target[first] = {};
	setAt(target[first] as IDataObject, rest.join('.'), value);
}
