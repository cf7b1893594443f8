import type { IDataObject } from 'n8n-workflow';

import type { PdsClient } from '../../../../../nodes/AlibabaCloudPds/api/client';
import { completeFile } from '../../../../../nodes/AlibabaCloudPds/api/complete-file';
import { createFile } from '../../../../../nodes/AlibabaCloudPds/api/create-file';
import { getFile } from '../../../../../nodes/AlibabaCloudPds/api/get-file';
import { getUploadUrl } from '../../../../../nodes/AlibabaCloudPds/api/get-upload-url';
import { listDrives, type DriveList } from '../../../../../nodes/AlibabaCloudPds/api/list-drives';
import { listFolders } from '../../../../../nodes/AlibabaCloudPds/api/list-folders';
import { listUploadedParts } from '../../../../../nodes/AlibabaCloudPds/api/list-uploaded-parts';
import type { UploadRef } from '../../../../../nodes/AlibabaCloudPds/api/upload-ref';
import { anArrayOf, anObject, optional, text, type Shape } from '../../../support/shapes';

/** One function of `api/`: all ids are in the body of its one request. */
export interface ApiFunction {
	file: string;
	make: (client: PdsClient, ref: UploadRef) => Promise<unknown>;
	path: string;
	answer: object;
	step: string;
	/** The ids in its body; default drive, file and upload. */
	sent?: (ref: UploadRef) => IDataObject;
	result: Shape;
}

const isWhole: Shape = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
const isPart = anObject({ partNumber: isWhole, uploadUrl: text, contentType: text });
const isFlag: Shape = (value) => typeof value === 'boolean';
const file = {
	drive_id: '1',
	file_id: 'f',
	upload_id: 'u',
	name: 'n',
	size: 1,
	status: 'available',
};
const part = { part_number: 1, upload_url: 'https://storage.example.com/a', content_type: '' };

function drivesIn(list: DriveList, path: string): ApiFunction {
	const drive = { drive_id: 1, drive_name: 'drv1', owner_type: 'user', status: 'enabled' };
	return {
		file: 'list-drives',
		make: async (client, { driveId }) => await listDrives(client, { list, marker: driveId }),
		path,
		answer: { items: [drive], next_marker: 'next' },
		step: 'listDrives',
		sent: ({ driveId }) => ({ limit: 100, marker: driveId }),
		result: anObject({
			drives: anArrayOf(anObject({ driveId: text, name: text, ofTeam: isFlag, enabled: isFlag })),
			nextMarker: text,
		}),
	};
}

/** Every function that makes a call with a token. */
export const FUNCTIONS: Record<string, ApiFunction> = {
	createFile: {
		file: 'create-file',
		make: async (client, { driveId, fileId }) =>
			await createFile(client, {
				...{ driveId, parentFileId: fileId, name: 'n', size: 1 },
				parts: [{ part_number: 1 }],
			}),
		path: '/v2/file/create',
		answer: { ...file, exist: false, rapid_upload: false, part_info_list: [part] },
		step: 'create',
		sent: ({ driveId, fileId }) => ({ drive_id: driveId, parent_file_id: fileId }),
		result: anObject({
			...{ fileId: text, uploadId: optional(text) },
			...{ exist: isFlag, rapidUpload: isFlag, parts: anArrayOf(isPart) },
		}),
	},
	getUploadUrl: {
		file: 'get-upload-url',
		make: async (client, ref) => await getUploadUrl(client, ref, [{ part_number: 1 }]),
		path: '/v2/file/get_upload_url',
		answer: { ...file, part_info_list: [part] },
		step: 'getUploadUrl',
		result: anObject({ parts: anArrayOf(isPart, 1) }),
	},
	listUploadedParts: {
		file: 'list-uploaded-parts',
		make: async (client, ref) => await listUploadedParts(client, ref),
		path: '/v2/file/list_uploaded_parts',
		answer: {
			...file,
			parallel_upload: true,
			uploaded_parts: [{ part_number: 1, part_size: 5, etag: '"A"' }],
			next_part_number_marker: '2',
		},
		step: 'listUploadedParts',
		result: anObject({
			parts: anArrayOf(anObject({ partNumber: isWhole, size: isWhole, eTag: optional(text) })),
			nextMarker: optional(isWhole),
			parallel: isFlag,
		}),
	},
	completeFile: {
		file: 'complete-file',
		make: async (client, ref) => await completeFile(client, ref, { crc64Hash: '1' }),
		path: '/v2/file/complete',
		answer: { ...file, crc64_hash: 12, content_hash: 'A', content_hash_name: 'sha1' },
		step: 'complete',
		result: anObject({ file_id: text }),
	},
	getFile: {
		file: 'get-file',
		make: async (client, ref) => await getFile(client, ref),
		path: '/v2/file/get',
		answer: { ...file, crc64_hash: 12 },
		step: 'getFile',
		sent: ({ driveId, fileId }) => ({ drive_id: driveId, file_id: fileId }),
		result: anObject({ file_id: text }),
	},
	listOwnDrives: drivesIn('own', '/v2/drive/list_my_drives'),
	listTeamDrives: drivesIn('team', '/v2/drive/list_my_group_drive'),
	listDomainDrives: drivesIn('domain', '/v2/drive/list'),
	listFolders: {
		file: 'list-folders',
		make: async (client, { driveId, fileId, uploadId }) =>
			await listFolders(client, { driveId, parentFileId: fileId, marker: uploadId }),
		path: '/v2/file/list',
		answer: {
			items: [{ ...file, type: 'folder' }],
			next_marker: 'next',
		},
		step: 'listFolders',
		sent: ({ driveId, fileId, uploadId }) => ({
			...{ drive_id: driveId, parent_file_id: fileId, marker: uploadId },
		}),
		result: anObject({
			folders: anArrayOf(anObject({ fileId: text, name: text })),
			nextMarker: text,
		}),
	},
};

/** Files of `api/` without a call of their own, but for that for a token, which has no ids. */
export const OTHER_FILES = [
	...['authorize', 'client', 'credentials', 'error-catalog', 'fetch-access-token', 'jwt'],
	...['service-error', 'sign-request', 'upload-part', 'upload-ref'],
];
