import type { FileSource } from '../../shared/binary';
import { toUploadError, UploadError } from '../../shared/errors';
import { textIn } from '../../shared/json';
import { crc64, formatCrc64 } from '../../shared/oss/crc64';
import type { PdsClient } from '../api/client';
import { completeFile } from '../api/complete-file';
import { getFile, isComplete, type PdsFile } from '../api/get-file';
import { hasCode } from '../api/service-error';
import type { UploadRef } from '../api/upload-ref';
import { sha1Of } from './hashes';

/** What was read, for the comparison with what is stored. */
export interface ReadContent {
	source: Pick<FileSource, 'size' | 'open'>;
	/** SHA-1, upper-case hex, where it is known. */
	sha1?: string;
}

/**
 * Completes an upload. When the answer to a first try was lost, the service does not know the upload
 * at the second: then the file tells whether it worked.
 *
 * @param isOurs whether a file that was found is the one that was uploaded
 */
export async function complete(
	client: PdsClient,
	ref: UploadRef,
	{
		crc64Hash,
		isOurs = async () => true,
	}: { crc64Hash?: string; isOurs?: (file: PdsFile) => Promise<boolean> } = {},
): Promise<PdsFile> {
	try {
		return await completeFile(client, ref, crc64Hash);
	} catch (thrown) {
		const error = toUploadError(thrown);
		const mayBeDone = hasCode(error, 'NotFound.UploadId') || hasCode(error, 'AlreadyExist.File');
		if (!mayBeDone) throw toUploadError(error);
		const file = await findCompleted(client, ref);
		if (!file || !(await isOurs(file))) throw toUploadError(error);
		return file;
	}
}

/** The file of an upload that is no longer known, if it is complete. */
export async function findCompleted(
	client: PdsClient,
	ref: UploadRef,
): Promise<PdsFile | undefined> {
	try {
		const file = await getFile(client, ref);
		return isComplete(file) ? file : undefined;
	} catch (thrown) {
		const error = toUploadError(thrown);
		if (hasCode(error, 'NotFound')) return undefined;
		throw toUploadError(error);
	}
}

/** Completes an upload and makes sure that the file holds what was read. */
export async function completeVerified(
	client: PdsClient,
	ref: UploadRef,
	read: ReadContent,
): Promise<PdsFile> {
	const isOurs = async (file: PdsFile) => await holds(file, read);
	const file = await complete(client, ref, { isOurs });
	if (!(await isOurs(file))) throw corrupted(file);
	return file;
}

/**
 * Whether a file holds what was read, as far as its fields tell. The CRC-64 needs another read and is
 * slower, so it is taken only where the service tells no SHA-1.
 */
export async function holds(file: PdsFile, { source, sha1 }: ReadContent): Promise<boolean> {
	const { size, content_hash: hash, content_hash_name: hashName = 'sha1', crc64_hash: crc } = file;
	if (typeof size === 'number' && size !== source.size) return false;
	if (typeof hash === 'string' && hash && textIn(hashName)?.toLowerCase() === 'sha1') {
		return hash.toUpperCase() === (sha1 ?? (await sha1Of(source)));
	}
	if (typeof crc === 'string' && crc) return formatCrc64(await crc64(source.open())) === crc;
	return true;
}

function corrupted({ file_id: fileId }: PdsFile): UploadError {
	return new UploadError({
		title: 'The stored file holds other bytes than were read',
		description:
			'Size or checksum differ. Delete the file in PDS and run the workflow again; if the file was changed while it was uploaded, wait until it is finished.',
		code: 'CHECKSUM_MISMATCH',
		step: 'complete',
		details: { fileId },
	});
}
