import type { IExecuteFunctions } from 'n8n-workflow';

import { isObject } from './json';
import { readText } from './options';

/** The value of a resource locator. */
export interface Locator {
	mode: string;
	/** Trimmed; empty when nothing is chosen. */
	value: string;
}

/**
 * Reads a resource locator. An expression in place of the whole locator, or a workflow from before
 * the parameter was a locator, gives the bare text, which is an ID.
 *
 * @param label the name of the parameter in errors
 * @throws {UploadError} when the value is not text
 */
export function readLocator(
	context: IExecuteFunctions,
	name: string,
	itemIndex: number,
	label: string,
): Locator {
	return locatorOf(context.getNodeParameter(name, itemIndex, ''), label);
}

/** Does the same for a given value. */
export function locatorOf(given: unknown, label: string): Locator {
	const { mode, value } =
		isObject(given) && 'value' in given ? given : { mode: undefined, value: given };
	return { mode: typeof mode === 'string' ? mode : 'id', value: readText(value, label) ?? '' };
}
