import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { assertLeftEmpty, expressionOf } from '../../shared/expression';
import type { DingTalkCredentials } from '../api/credentials';
import { folderPathOption } from './folder-path';
import { readLocator, type Locator } from './locator';
import { operatorOf, type Operator } from './operator';
import { knowledgeBaseField, parentField, readParent, type Place } from './places';

/** The destination of a file, as given by an item's parameters. */
export interface DestinationInput {
	operator: Operator;
	parent: Place;
	/** The folders below the parent; missing ones are created. */
	folderNames: string[];
}

/** Reads the parent folder. An empty expression is refused: the file would land in the root. */
function readParentLocator(context: IExecuteFunctions, itemIndex: number): Locator {
	const { name, displayName } = parentField;
	const parent = readLocator(context, name, itemIndex);
	const advice = 'Correct it, or clear the field to use the root of the knowledge base.';
	if (parent.value === '') assertLeftEmpty(context, name, displayName, advice);
	return parent;
}

const NONE: Locator = { mode: 'id', value: '' };

/**
 * Reads the destination of an item's files.
 *
 * @param more `options` of an operation that has the option "Folder Path"; `knowledgeBase` for an
 * operation with this parameter, whose root is used when no parent is given
 * @throws {UploadError} for a value that cannot be a place or an operator
 */
export function readDestination(
	context: IExecuteFunctions,
	itemIndex: number,
	credentials: DingTalkCredentials,
	{ knowledgeBase = false, options = {} }: { knowledgeBase?: boolean; options?: IDataObject } = {},
): DestinationInput {
	const { name: folderPath } = folderPathOption.field;
	return {
		operator: operatorOf(context, itemIndex, credentials),
		parent: readParent(
			readParentLocator(context, itemIndex),
			knowledgeBase ? readLocator(context, knowledgeBaseField.name, itemIndex) : NONE,
		),
		folderNames: folderPathOption.read(
			options[folderPath],
			expressionOf(context, 'options', folderPath),
		),
	};
}
