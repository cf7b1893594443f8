import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { badInput } from '../../shared/errors';
import { expressionOf } from '../../shared/expression';
import { readLocator } from '../../shared/locator';
import { readText } from '../../shared/options';
import { ROOT_FOLDER } from '../api/list-folders';
import type { UploadRef } from '../api/upload-ref';

/** As the editor shows them. */
const LABELS = {
	driveId: 'Drive',
	parentFileId: 'Parent Folder',
	fileId: 'File ID',
	uploadId: 'Upload ID',
};

type IdName = keyof typeof LABELS;

/** An id that the item has to have: of a field, or what was chosen in a picker. */
export function readId(context: IExecuteFunctions, name: IdName, itemIndex: number): string {
	return readIdIfAny(context, name, itemIndex) ?? isEmpty(name);
}

/** The folder to upload to: the root where the field was left empty. */
export function readParentFileId(context: IExecuteFunctions, itemIndex: number): string {
	return readIdIfAny(context, 'parentFileId', itemIndex) ?? ROOT_FOLDER.fileId;
}

/** @throws {UploadError} when an expression gives none: a value that an item lacks is a mistake */
function readIdIfAny(
	context: IExecuteFunctions,
	name: IdName,
	itemIndex: number,
): string | undefined {
	const { value } = readLocator(context, name, itemIndex, LABELS[name]);
	if (value !== '') return value;
	if (expressionOf(context, name) === undefined) return undefined;
	throw badInput(
		`The expression in "${LABELS[name]}" gives nothing for this item`,
		'Correct it, or choose or enter an ID instead.',
	);
}

function isEmpty(name: IdName): never {
	throw badInput(`"${LABELS[name]}" is empty`, 'Choose or enter it in the node.');
}

/** The upload that the item is about. @param options the collection "Options" of the item */
export function readUploadRef(
	context: IExecuteFunctions,
	itemIndex: number,
	{ shareId }: IDataObject,
): UploadRef {
	return {
		driveId: readId(context, 'driveId', itemIndex),
		fileId: readId(context, 'fileId', itemIndex),
		uploadId: readId(context, 'uploadId', itemIndex),
		shareId: readText(shareId, 'Share ID'),
	};
}
