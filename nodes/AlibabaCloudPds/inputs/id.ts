import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { badInput } from '../../shared/errors';
import { assertLeftEmpty } from '../../shared/expression';
import { readLocator } from '../../shared/locator';

/**
 * Reads a required ID, from a field or a resource locator.
 *
 * @throws {UploadError} when it is empty
 */
export function readId(
	context: IExecuteFunctions,
	field: INodeProperties,
	itemIndex: number,
): string {
	return readIdIfAny(context, field, itemIndex) ?? isEmpty(field);
}

/**
 * Does the same for an ID that may be left empty.
 *
 * @throws {UploadError} when an expression returns none: it is a mistake when an item lacks the
 * value
 */
export function readIdIfAny(
	context: IExecuteFunctions,
	{ name, displayName }: INodeProperties,
	itemIndex: number,
): string | undefined {
	const { value } = readLocator(context, name, itemIndex, displayName);
	if (value !== '') return value;
	assertLeftEmpty(context, name, displayName, 'Correct it, or choose or enter an ID instead.');
	return undefined;
}

function isEmpty({ displayName }: INodeProperties): never {
	throw badInput(`"${displayName}" is empty`, 'Choose or enter it in the node.');
}
