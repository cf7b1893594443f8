import type { IDataObject } from 'n8n-workflow';

import { defined } from '../../shared/json';
import type { PdsClient } from './client';
import { pdsFile, type PdsFile } from './get-file';
import { refFields, type UploadRef } from './upload-ref';

/** Milliseconds of silence to allow: the storage assembles the parts first. */
const PATIENCE = 120_000;

/**
 * Completes an upload: turns its parts into a file. The call is repeated when its response is lost;
 * the service then no longer knows the upload, and the outcome stays unknown.
 *
 * @param options `crc64Hash`: CRC-64 of the file as unsigned decimal, which the service compares;
 * `timeout`: the option of that name, in milliseconds
 * @see
 * https://www.alibabacloud.com/help/en/pds/drive-and-photo-service-dev/developer-reference/api-pds-2022-03-01-completefile
 * @throws {UploadError} code `NotFound.UploadId`, also when an earlier call completed the upload
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
