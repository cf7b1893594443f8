import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { byId, fromList } from '../../shared/descriptions/locator-modes';
import { ROOT_FOLDER } from '../api/list-folders';
import { readId, readIdIfAny } from './id';

/** The drive of an upload, for its single steps. */
export const driveField: INodeProperties = {
	displayName: 'Drive',
	name: 'driveId',
	type: 'resourceLocator',
	default: { mode: 'id', value: '={{ $json.drive_id }}' },
	required: true,
	description: 'The drive that contains the file',
	modes: [fromList('searchDrives'), byId('e.g. 1')],
};

/** The drive that Upload File uploads to. */
export const targetDriveField: INodeProperties = {
	...driveField,
	default: { mode: 'list', value: '' },
	description: 'The drive to upload to; the list shows the drives of the account and its teams',
};

export const parentFolderField: INodeProperties = {
	displayName: 'Parent Folder',
	name: 'parentFileId',
	type: 'resourceLocator',
	default: { mode: 'list', value: ROOT_FOLDER.fileId, cachedResultName: ROOT_FOLDER.name },
	description: 'The folder to upload to. Leave empty for the root of the drive.',
	typeOptions: { loadOptionsDependsOn: ['driveId.value'] },
	modes: [
		fromList('searchFolders', { placeholder: ROOT_FOLDER.name }),
		byId(
			'e.g. 5d5b846942cf94fa72324c14a4bda34e81da635d',
			'The file ID of the folder, or root for the root of the drive',
		),
	],
};

/** Reads the drive of an item. */
export function readDriveId(context: IExecuteFunctions, itemIndex: number): string {
	return readId(context, driveField, itemIndex);
}

/** Reads the folder to upload to: the root if the field was left empty. */
export function readParentFileId(context: IExecuteFunctions, itemIndex: number): string {
	return readIdIfAny(context, parentFolderField, itemIndex) ?? ROOT_FOLDER.fileId;
}
