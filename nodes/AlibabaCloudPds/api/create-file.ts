import type { IDataObject } from 'n8n-workflow';

import { flag, map, object, optional, string, text, type Decoder } from '../../shared/decode';
import type { Effect } from '../../shared/errors';
import { defined } from '../../shared/json';
import type { PdsClient } from './client';
import { uploadParts, type PartRequest, type UploadPart } from './upload-part';

export interface CreateFileRequest {
	driveId: string;
	/** `root` for the root of the drive. */
	parentFileId: string;
	name: string;
	/** Bytes. */
	size: number;
	contentType?: string;
	/** The service's default is `ignore`. */
	checkNameMode?: 'ignore' | 'auto_rename' | 'refuse';
	/** The existing file to which a new version is uploaded. */
	fileId?: string;
	/** The parts for which the response should contain URLs. */
	parts: PartRequest[];
	/** Whether parts are uploaded in any order. */
	parallel?: boolean;
	/** SHA-1 of the first 1,024 bytes, upper-case hex. */
	preHash?: string;
	/** SHA-1 of all bytes, upper-case hex; the service then uses the bytes that it already has. */
	contentHash?: string;
}

export interface CreatedFile {
	fileId: string;
	/** Empty when there is nothing to upload. */
	uploadId: string;
	/** The status of an existing file: `available` when all its bytes are stored. */
	status?: string;
	/** `file` or `folder`, if the response tells. */
	type?: string;
	/** Whether a file or folder of this name already exists, and nothing was created. */
	exist: boolean;
	/** Whether the service already had the bytes, and the file is complete. */
	rapidUpload: boolean;
	parts: UploadPart[];
}

/**
 * Creates a file without content. Nobody sees it until it is completed, so creating it twice does
 * no harm, unless `contentHash` supplies the content.
 *
 * @see
 * https://www.alibabacloud.com/help/en/pds/drive-and-photo-service-dev/developer-reference/api-pds-2022-03-01-createfile
 * @throws {UploadError} code `PreHashMatched` when the service wants the hash of all bytes
 */
export async function createFile(
	client: PdsClient,
	request: CreateFileRequest,
): Promise<CreatedFile> {
	return await client.call({
		step: 'create',
		method: 'POST',
		path: ['v2', 'file', 'create'],
		body: bodyOf(request),
		effect: effectOf(request),
		read: createdFile,
	});
}

/**
 * Returns what the call leaves behind. With the hash of all bytes the file is complete immediately,
 * so a second call would create a second file.
 */
function effectOf({ contentHash, fileId }: CreateFileRequest): Effect {
	if (contentHash === undefined) return 'none';
	return fileId === undefined ? 'notIdempotent' : 'idempotent';
}

function bodyOf(request: CreateFileRequest): IDataObject {
	const { contentHash, parallel } = request;
	return defined({
		drive_id: request.driveId,
		parent_file_id: request.parentFileId,
		name: request.name,
		type: 'file',
		size: request.size,
		content_type: request.contentType,
		check_name_mode: request.checkNameMode,
		file_id: request.fileId,
		part_info_list: request.parts as unknown as IDataObject[],
		parallel_upload: parallel ? true : undefined,
		pre_hash: request.preHash,
		content_hash: contentHash,
		content_hash_name: contentHash && 'sha1',
	});
}

/** A response is usable if something was created or already exists. */
const createdFile: Decoder<CreatedFile> = map(
	object({
		file_id: string,
		upload_id: optional(text),
		status: optional(text),
		type: optional(text),
		exist: flag(false),
		rapid_upload: flag(false),
		part_info_list: optional(uploadParts),
	}),
	({ file_id: fileId, upload_id: uploadId = '', status, type, exist, ...answer }) => {
		const { rapid_upload: rapidUpload, part_info_list: parts = [] } = answer;
		const created = { fileId, uploadId, status, type, exist, rapidUpload, parts };
		return uploadId || exist || rapidUpload ? created : undefined;
	},
);
