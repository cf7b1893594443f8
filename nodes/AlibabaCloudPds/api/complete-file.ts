import type { IDataObject } from 'n8n-workflow';

import { defined } from '../../shared/json';
import type { PdsClient } from './client';
import { pdsFile, type PdsFile } from './get-file';
import { refFields, type UploadRef } from './upload-ref';

/** The storage puts the parts together meanwhile: milliseconds. */
const PATIENCE = 120_000;

/**
 * Makes the uploaded parts a file. When the answer is lost it is asked again: a second time the
 * service does not know the upload any more, and the outcome stays unknown.
 *
 * @param options `crc64Hash`: CRC-64 of the file, unsigned decimal; the service compares it;
 * `timeout`: the option of that name, milliseconds
 * @see https://www.alibabacloud.com/help/en/pds/drive-and-photo-service-dev/developer-reference/api-pds-2022-03-01-completefile
 * @throws {UploadError} code `NotFound.UploadId` also when an earlier call has completed it
 */
export async function completeFile(
	client: PdsClient,
	ref: UploadRef,
	{ crc64Hash, timeout = 0 }: { crc64Hash?: string; timeout?: number } = {},
): Promise<PdsFile> {
	const body: IDataObject = { ...refFields(ref), ...defined({ crc64_hash: crc64Hash }) };
	return await client.call({
		step: 'complete',
		method: 'POST',
		path: ['v2', 'file', 'complete'],
		body,
		effect: 'idempotent',
		patience: Math.max(PATIENCE, timeout),
		read: pdsFile,
	});
}
