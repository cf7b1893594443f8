import type { IExecuteFunctions } from 'n8n-workflow';

import { isObject } from './json';
import { readText } from './options';

/** What was chosen in a resource locator. */
export interface Locator {
	mode: string;
	/** Trimmed; empty when nothing is chosen. */
	value: string;
}

/**
 * A resource locator's mode and text. An expression in place of the whole locator, or a workflow from
 * before the parameter was one, gives the bare text: that is an ID.
 *
 * @param label names the parameter in errors
 * @throws {UploadError} when it is not a text
 */
export function readLocator(
	context: IExecuteFunctions,
	name: string,
	itemIndex: number,
	label: string,
): Locator {
	return locatorOf(context.getNodeParameter(name, itemIndex, ''), label);
}

/** The same for a value at hand. */
export function locatorOf(given: unknown, label: string): Locator {
	const { mode, value } =
		isObject(given) && 'value' in given ? given : { mode: undefined, value: given };
	return { mode: typeof mode === 'string' ? mode : 'id', value: readText(value, label) ?? '' };
}
