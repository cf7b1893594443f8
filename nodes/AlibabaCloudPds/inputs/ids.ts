import type { IExecuteFunctions } from 'n8n-workflow';

import { badInput } from '../../shared/errors';
import { optionsOf, readText } from '../../shared/options';
import type { UploadRef } from '../api/upload-ref';

const LABELS: Record<string, string> = {
	driveId: 'drive ID',
	parentFileId: 'parent folder ID',
	fileId: 'file ID',
	uploadId: 'upload ID',
};

/** An id that the item has to have. */
export function readId(context: IExecuteFunctions, name: string, itemIndex: number): string {
	const id = readText(context.getNodeParameter(name, itemIndex, ''), LABELS[name]);
	if (id !== undefined) return id;
	throw badInput(
		`No ${LABELS[name]} is given`,
		`Enter it, or fill the field by an expression; in this item it is empty.`,
	);
}

/** The upload that the item is about. */
export function readUploadRef(context: IExecuteFunctions, itemIndex: number): UploadRef {
	const { shareId } = optionsOf(context, itemIndex);
	return {
		driveId: readId(context, 'driveId', itemIndex),
		fileId: readId(context, 'fileId', itemIndex),
		uploadId: readId(context, 'uploadId', itemIndex),
		shareId: readText(shareId, 'share ID'),
	};
}
