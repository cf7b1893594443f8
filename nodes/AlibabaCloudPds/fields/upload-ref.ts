import type { INodeProperties } from 'n8n-workflow';

import { driveField } from './places';

const fileIdField: INodeProperties = {
	displayName: 'File ID',
	name: 'fileId',
	type: 'string',
	default: '={{ $json.file_id }}',
	required: true,
	description: 'The file that is being uploaded, as it was created',
};

const uploadIdField: INodeProperties = {
	displayName: 'Upload ID',
	name: 'uploadId',
	type: 'string',
	default: '={{ $json.upload_id }}',
	required: true,
	description: 'The upload, as it was given when the file was created',
};

/** The fields that name an upload. */
export const uploadRefFields = [driveField, fileIdField, uploadIdField];

export const shareIdOption: INodeProperties = {
	displayName: 'Share ID',
	name: 'shareId',
	type: 'string',
	default: '',
	placeholder: 'e.g. 7JQX1FswpQ8',
	description: 'The share that the file is in, for files that are reached by a share',
};
