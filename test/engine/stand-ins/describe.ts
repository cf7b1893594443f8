import type { INodeProperties, INodeTypeDescription } from 'n8n-workflow';

/** A stand-in's description. */
export function describe(
	name: string,
	displayName: string,
	more: Partial<INodeTypeDescription> = {},
): INodeTypeDescription {
	return {
		name,
		displayName,
		description: `Stand-in for ${displayName}`,
		group: ['transform'],
		version: 1,
		defaults: { name: displayName },
		inputs: ['main'],
		outputs: ['main'],
		properties: [],
		...more,
	};
}

/**
 * Parameters by name and default. n8n drops every parameter that a node type does not list; as
 * `json` a value passes whatever its form.
 */
export function properties(
	defaults: Record<string, INodeProperties['default']>,
): INodeProperties[] {
	return Object.entries(defaults).map(([name, value]) => ({
		displayName: name,
		name,
		type: 'json',
		default: value,
	}));
}
