import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { badInput } from '../../shared/errors';
import { assertLeftEmpty } from '../../shared/expression';
import { readLocator } from '../../shared/locator';

/** An id that the item has to have: of a field, or what was chosen in a picker. */
export function readId(
	context: IExecuteFunctions,
	field: INodeProperties,
	itemIndex: number,
): string {
	return readIdIfAny(context, field, itemIndex) ?? isEmpty(field);
}

/**
 * The same where it may be left empty.
 *
 * @throws {UploadError} when an expression gives none: a value that an item lacks is a mistake
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
