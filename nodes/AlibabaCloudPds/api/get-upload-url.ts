import type { IDataObject } from 'n8n-workflow';

import type { PdsClient } from './client';
import { readUploadParts, type PartRequest, type UploadPart } from './upload-part';
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
			const urls = { parts: readUploadParts(raw.part_info_list), raw };
			const given = new Set(urls.parts.map(({ partNumber }) => partNumber));
			return parts.every(({ part_number }) => given.has(part_number)) ? urls : undefined;
		},
	});
}
