import type { INodeProperties } from 'n8n-workflow';

import type { Parameter } from '../parameter';

/** Returns the fields, shown for one operation only, beside what else they depend on. */
export function showFor(
	resource: string,
	operation: string,
	fields: INodeProperties[],
): INodeProperties[] {
	const only = { resource: [resource], operation: [operation] };
	return fields.map((field) => {
		const show = { ...only, ...field.displayOptions?.show };
		return { ...field, displayOptions: { ...field.displayOptions, show } };
	});
}

/** Returns the collection "Options" with its entries in alphabetical order, as n8n shows them. */
export function optionsField(options: Array<Parameter<unknown>>): INodeProperties {
	return collectionOf(options.map(({ field }) => field));
}

/** Does the same for the fields alone. */
export function collectionOf(fields: INodeProperties[]): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [...fields].sort((a, b) => a.displayName.localeCompare(b.displayName, 'en')),
	};
}
