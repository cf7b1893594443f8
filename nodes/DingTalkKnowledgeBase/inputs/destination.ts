import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { literal, object, string } from '../../shared/decode';
import { assertLeftEmpty, expressionOf } from '../../shared/expression';
import type { DingTalkCredentials } from '../api/credentials';
import type { DentryIds } from '../api/dentry';
import { idsIn } from './file';
import { folderPathOption } from './folder-path';
import { readDentryUuid } from './links';
import { readLocator, type Locator } from './locator';
import { operatorOf, type Operator } from './operator';
import { knowledgeBaseField, parentField, readParent, type Place } from './places';

/** The destination of a file, as given by an item's parameters. */
export interface DestinationInput {
	operator: Operator;
	parent: Place;
	/** Set when the item itself tells them: the parent comes from another operation of this node. */
	parentIds?: DentryIds;
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

/** What an operation has besides the parameters `operator` and `parent`. */
interface More {
	/** Whether it has the parameter "Knowledge Base", whose root is used when no parent is given. */
	knowledgeBase?: boolean;
	/** Whether the place is that of the item where both parameters are left empty. */
	ofItem?: boolean;
	/** Its options, if "Folder Path" is one of them. */
	options?: IDataObject;
}

/**
 * Reads the destination of an item's files.
 *
 * @throws {UploadError} for a value that cannot be a place or an operator
 */
export function readDestination(
	context: IExecuteFunctions,
	itemIndex: number,
	credentials: DingTalkCredentials,
	{ knowledgeBase = false, ofItem = false, options = {} }: More = {},
): DestinationInput {
	const { name: folderPath } = folderPathOption.field;
	const { json } = context.getInputData()[itemIndex];
	const base = knowledgeBase ? readLocator(context, knowledgeBaseField.name, itemIndex) : NONE;
	const given = readParentLocator(context, itemIndex);
	const isLeftEmpty =
		given.value + base.value === '' && expressionOf(context, knowledgeBaseField.name) === undefined;
	const parent = (ofItem && isLeftEmpty && placeIn(json)) || readParent(given, base);
	return {
		operator: operatorOf(context, itemIndex, credentials),
		parent,
		parentIds: idsIn(json, parent),
		folderNames: folderPathOption.read(
			options[folderPath],
			expressionOf(context, 'options', folderPath),
		),
	};
}

const folderOfItem = object({ uuid: string, type: literal('FOLDER') });
const knowledgeBaseOfItem = object({ workspaceId: string, rootNodeId: string });

/** Returns the folder, or the root of the knowledge base, that an operation of this node returned. */
function placeIn(json: IDataObject): Place | undefined {
	const uuid = folderOfItem(json)?.uuid ?? knowledgeBaseOfItem(json)?.rootNodeId;
	const { displayName: label } = parentField;
	return uuid === undefined ? undefined : { dentryUuid: readDentryUuid(uuid, label) };
}
