import type { IExecuteFunctions } from 'n8n-workflow';

import { badInput } from './errors';
import { isObject } from './json';

/**
 * The expression that gives a parameter's value, without the sign in front of it: what it gives for an
 * item may be empty by mistake, what a user left empty is not.
 *
 * @param path names of the parameter and of what is inside it, e.g. `options`, `folderPath`
 * @returns undefined when the value was entered as it is
 */
export function expressionOf(context: IExecuteFunctions, ...path: string[]): string | undefined {
	let value: unknown = context.getNode().parameters;
	for (const name of path) value = isObject(value) ? value[name] : undefined;
	// A resource locator.
	if (isObject(value)) value = value.value;
	return typeof value === 'string' && value.startsWith('=') ? value.slice(1) : undefined;
}

/**
 * Refuses an empty value that an expression gave: one that an item lacks is a mistake.
 *
 * @param label names the parameter
 * @throws {UploadError}
 */
export function assertLeftEmpty(
	context: IExecuteFunctions,
	name: string,
	label: string,
	advice: string,
): void {
	if (expressionOf(context, name) === undefined) return;
	throw badInput(`The expression in "${label}" gives nothing for this item`, advice);
}
