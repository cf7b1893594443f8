import type { IExecuteFunctions } from 'n8n-workflow';

import { badInput } from './errors';
import { isObject } from './json';

/**
 * Returns the expression in a parameter, without the leading `=`. An expression that is empty for
 * an item may be a mistake; a field that the user left empty is not.
 *
 * @param path names of the parameter and of the fields inside it, e.g. `options`, `folderPath`
 * @returns undefined when the value is not an expression
 */
export function expressionOf(context: IExecuteFunctions, ...path: string[]): string | undefined {
	let value: unknown = context.getNode().parameters;
	for (const name of path) value = isObject(value) ? value[name] : undefined;
	// A resource locator.
	if (isObject(value)) value = value.value;
	return typeof value === 'string' && value.startsWith('=') ? value.slice(1) : undefined;
}

/**
 * Refuses an empty value that comes from an expression: it is a mistake when an item lacks the
 * value.
 *
 * @param label the name of the parameter in the error
 * @throws {UploadError}
 */
export function assertLeftEmpty(
	context: IExecuteFunctions,
	name: string,
	label: string,
	advice: string,
): void {
	if (expressionOf(context, name) === undefined) return;
	throw badInput(`The expression in "${label}" is empty for this item`, advice);
}
