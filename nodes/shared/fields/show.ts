import type { INodeProperties } from 'n8n-workflow';

/** Shows the fields for one operation only. */
export function showFor(
	resource: string,
	operation: string,
	fields: INodeProperties[],
): INodeProperties[] {
	const show = { resource: [resource], operation: [operation] };
	return fields.map((field) => ({ ...field, displayOptions: { show } }));
}

/** The collection "Options" with its entries by alphabet, as n8n shows them. */
export function optionsField(options: INodeProperties[]): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [...options].sort((a, b) => a.displayName.localeCompare(b.displayName, 'en')),
	};
}
