import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { readOption, text } from '../../shared/parameter';
import type { UploadRef } from '../api/upload-ref';
import { readId } from './id';
import { driveField, readDriveId } from './places';

const fileIdField: INodeProperties = {
	displayName: 'File ID',
	name: 'fileId',
	type: 'string',
	default: '={{ $json.file_id }}',
	required: true,
	description: 'The ID of the file being uploaded, as returned when it was created',
};

const uploadIdField: INodeProperties = {
	displayName: 'Upload ID',
	name: 'uploadId',
	type: 'string',
	default: '={{ $json.upload_id }}',
	required: true,
	description: 'The ID of the upload, as returned when the file was created',
};

/** The fields that identify an upload. */
export const uploadRefFields = [driveField, fileIdField, uploadIdField];

export const shareIdOption = text({
	displayName: 'Share ID',
	name: 'shareId',
	type: 'string',
	default: '',
	placeholder: 'e.g. 7JQX1FswpQ8',
	description: 'The ID of the share, for files that are accessed through a share',
});

/** Reads which upload the item is about. @param options the collection "Options" of the item */
export function readUploadRef(
	context: IExecuteFunctions,
	itemIndex: number,
	options: IDataObject,
): UploadRef {
	return {
		driveId: readDriveId(context, itemIndex),
		fileId: readId(context, fileIdField, itemIndex),
		uploadId: readId(context, uploadIdField, itemIndex),
		shareId: readOption(options, shareIdOption),
	};
}
