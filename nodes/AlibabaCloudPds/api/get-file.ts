import type { IDataObject } from 'n8n-workflow';

import { having, map, string, type Decoder } from '../../shared/decode';
import { defined } from '../../shared/json';
import type { PdsClient } from './client';

/**
 * A file, with the service's fields. `crc64_hash` is a string, because a number would lose digits.
 */
export type PdsFile = IDataObject & { file_id: string };

/**
 * Fetches a file by its ID.
 *
 * @see
 * https://www.alibabacloud.com/help/en/pds/drive-and-photo-service-dev/developer-reference/api-pds-2022-03-01-getfile
 * @throws {UploadError} code `NotFound.File`; `INCOMPLETE_ANSWER` for a response about another file
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
		read: map(pdsFile, (file) => (file.file_id === fileId ? file : undefined)),
	});
}

export const pdsFile: Decoder<PdsFile> = having({ file_id: string });

/** Whether all bytes of the file are stored. */
export function isComplete({ status }: PdsFile): boolean {
	return status === 'available' || status === undefined;
}
