import type { IDataObject } from 'n8n-workflow';

import { at } from '../../shared/decode';
import type { PdsClient } from './client';
import { uploadParts, type PartRequest, type UploadPart } from './upload-part';
import { refFields, type UploadRef } from './upload-ref';

/** Lifetime of the upload URL of a part, in milliseconds. */
export const URL_LIFE = 15 * 60_000;

export interface UploadUrls {
	parts: UploadPart[];
	/** The response as the service sent it. */
	raw: IDataObject;
}

/**
 * Fetches upload URLs for parts; each is valid for 15 minutes.
 *
 * @see
 * https://www.alibabacloud.com/help/en/pds/drive-and-photo-service-dev/developer-reference/api-pds-2022-03-01-getuploadurl
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
