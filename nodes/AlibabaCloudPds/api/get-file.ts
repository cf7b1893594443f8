import type { IDataObject } from 'n8n-workflow';

import { defined } from '../../shared/json';
import type { PdsClient } from './client';

/** A file; the fields are the service's. `crc64_hash` is a text: a number would lose digits. */
export type PdsFile = IDataObject & { file_id: string };

/**
 * A file by its id.
 *
 * @see https://www.alibabacloud.com/help/en/pds/drive-and-photo-service-dev/developer-reference/api-pds-2022-03-01-getfile
 * @throws {UploadError} code `NotFound.File`
 */
export async function getFile(
	client: PdsClient,
	{ driveId, fileId, shareId }: { driveId: string; fileId: string; shareId?: string },
): Promise<PdsFile> {
	return await client.call({
		step: 'getFile',
		method: 'POST',
		path: ['v2', 'file', 'get'],
		body: defined({ drive_id: driveId, share_id: shareId, file_id: fileId }),
		effect: 'none',
		read: readFile,
	});
}

export function readFile(answer: IDataObject): PdsFile | undefined {
	const isFile = typeof answer.file_id === 'string' && answer.file_id !== '';
	return isFile ? (answer as PdsFile) : undefined;
}

/** Whether all bytes of the file are there. */
export function isComplete({ status }: PdsFile): boolean {
	return status === 'available' || status === undefined;
}
