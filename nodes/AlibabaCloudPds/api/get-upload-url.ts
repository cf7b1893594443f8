import type { IDataObject } from 'n8n-workflow';

import { at } from '../../shared/decode';
import type { PdsClient } from './client';
import { uploadParts, type PartRequest, type UploadPart } from './upload-part';
import { refFields, type UploadRef } from './upload-ref';

/** Life of an address for a part: milliseconds. */
export const URL_LIFE = 15 * 60_000;

export interface UploadUrls {
	parts: UploadPart[];
	/** The answer as the service gave it. */
	raw: IDataObject;
}

/**
 * Asks for addresses to upload parts to; each lives 15 minutes.
 *
 * @see https://www.alibabacloud.com/help/en/pds/drive-and-photo-service-dev/developer-reference/api-pds-2022-03-01-getuploadurl
 * @throws {UploadError} code `AlreadyExist.File` when the upload has ended, `NotFound.UploadId`
 */
export async function getUploadUrl(
	client: PdsClient,
	ref: UploadRef,
	parts: PartRequest[],
): Promise<UploadUrls> {
	return await client.call({
		step: 'getUploadUrl',
		method: 'POST',
		path: ['v2', 'file', 'get_upload_url'],
		body: { ...refFields(ref), part_info_list: parts as unknown as IDataObject[] },
		effect: 'none',
		read: (raw) => {
			const given = at('part_info_list', uploadParts)(raw) ?? [];
			const numbers = new Set(given.map(({ partNumber }) => partNumber));
			const isComplete = parts.every(({ part_number }) => numbers.has(part_number));
			return isComplete ? { parts: given, raw } : undefined;
		},
	});
}
