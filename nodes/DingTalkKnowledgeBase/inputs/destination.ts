import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { assertLeftEmpty, expressionOf } from '../../shared/expression';
import type { DingTalkCredentials } from '../api/credentials';
import { folderPathOption } from './folder-path';
import { readLocator, type Locator } from './locator';
import { operatorOf, type Operator } from './operator';
import { knowledgeBaseField, parentField, readParent, type Place } from './places';

/** Where a file goes, as an item's parameters say it. */
export interface DestinationInput {
	operator: Operator;
	parent: Place;
	/** The folders below the parent, made where they are missing. */
	folderNames: string[];
}

/** A value that an item lacks would otherwise be taken for the root. */
function readParentLocator(context: IExecuteFunctions, itemIndex: number): Locator {
	const { name, displayName } = parentField;
	const parent = readLocator(context, name, itemIndex);
	const advice = 'Correct it, or clear the field to upload into the root of the knowledge base.';
	if (parent.value === '') assertLeftEmpty(context, name, displayName, advice);
	return parent;
}

const NONE: Locator = { mode: 'id', value: '' };

/**
 * Where the files of an item go, as its parameters say it.
 *
 * @param more `options` are those of an operation that has the option "Folder Path"; `knowledgeBase`
 * tells that the operation has this parameter, whose root is meant when no parent is given
 * @throws {UploadError} for what cannot be a place or an operator
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
