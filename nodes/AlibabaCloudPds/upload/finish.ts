import { text } from '../../shared/decode';
import { incompleteAnswer, ownError, recover, type UploadError } from '../../shared/errors';
import type { Verdict } from '../../shared/oss';
import type { PdsClient } from '../api/client';
import { completeFile } from '../api/complete-file';
import { getFile, isComplete, type PdsFile } from '../api/get-file';
import { hasCode } from '../api/service-error';
import type { UploadRef } from '../api/upload-ref';
import { crc64Of, sha1Of } from './hashes';
import { readingOf, type Checksums, type Sent, type Session, type UploadTask } from './task';

interface CompleteOptions {
	crc64Hash?: string;
	/** The option "Timeout" in milliseconds, where the operation has it. */
	timeout?: number;
	/** Whether a file that was found is proved to be the uploaded one. */
	isProved: (file: PdsFile) => Promise<boolean>;
}

/**
 * Completes an upload. If the response is lost, the file itself may show whether it worked; on a
 * second try the service no longer knows the upload, which proves nothing, since that is true of
 * any other upload too.
 *
 * @throws {UploadError} with the outcome `unknown` when neither tells
 */
export async function complete(
	client: PdsClient,
	ref: UploadRef,
	{ isProved, ...options }: CompleteOptions,
): Promise<PdsFile> {
	return await recover(
		async () => await completeFile(client, ref, options),
		async (error) => {
			if (error.facts.outcome !== 'unknown') return error;
			const file = await findCompleted(client, ref).catch(() => undefined);
			return file && (await isProved(file)) ? file : error;
		},
	);
}

/** Returns the file of an upload that the service no longer knows, if the file is complete. */
export async function findCompleted(
	client: PdsClient,
	ref: UploadRef,
): Promise<PdsFile | undefined> {
	const file = await findFile(client, ref);
	return file && isComplete(file) ? file : undefined;
}

/** Returns the file of an upload, even before it is complete. */
export async function findFile(client: PdsClient, ref: UploadRef): Promise<PdsFile | undefined> {
	return await recover<PdsFile | undefined>(
		async () => await getFile(client, ref),
		(error) => (hasCode(error, 'NotFound') ? undefined : error),
	);
}

/**
 * Completes an upload whose parts were all sent, and verifies that the file holds what was read.
 *
 * @throws {UploadError} before completing if parts are missing: a service that does not count them
 * would make a file of the others
 */
export async function completeVerified(
	task: UploadTask,
	session: Session,
	sent: Sent,
): Promise<PdsFile> {
	const { client, source, signal, timeout } = task;
	if (sent.bytes !== source.size || signal.aborted) throw notAllSent(sent.bytes, source.size);
	const isProved = async (file: PdsFile) => (await compare(file, task, sent)) === 'equal';
	const answered = await complete(client, session, { timeout, isProved });
	const file = isAbout(answered, session) ? answered : await lookedUp(client, session);
	if ((await compare(file, task, sent)) === 'different') throw corrupted(file);
	return file;
}

/** Whether a response is about the file of the upload, with enough fields to compare. */
function isAbout(file: PdsFile, { fileId }: Session): boolean {
	const { file_id: id, type, size } = file;
	return id === fileId && type !== 'folder' && isComplete(file) && typeof size === 'number';
}

/** Fetches the file when the response was about another one or lacked fields. */
async function lookedUp(client: PdsClient, session: Session): Promise<PdsFile> {
	const file = await findCompleted(client, session).catch(() => undefined);
	if (file && file.type !== 'folder') return file;
	throw incompleteAnswer('Alibaba Cloud PDS', { step: 'complete' });
}

/**
 * Compares a file with the task's source, as far as its fields allow. The source is read only for a
 * checksum that the service reports.
 *
 * @param known checksums already computed; without them the source is read
 */
export async function compare(
	file: PdsFile,
	task: UploadTask,
	known: Partial<Checksums> = {},
): Promise<Verdict> {
	const { size, content_hash: hash, content_hash_name: hashName = 'sha1', crc64_hash: crc } = file;
	const { source } = task;
	if (typeof size === 'number' && size !== source.size) return 'different';
	if (typeof hash === 'string' && hash && text(hashName)?.toLowerCase() === 'sha1') {
		return verdict(hash.toUpperCase() === (known.sha1 ?? (await sha1Of(source, readingOf(task)))));
	}
	if (typeof crc === 'string' && crc) {
		return verdict(crc === (known.crc64 ?? (await crc64Of(source, readingOf(task)))));
	}
	return 'unknown';
}

function verdict(isEqual: boolean): Verdict {
	return isEqual ? 'equal' : 'different';
}

function notAllSent(sent: number, size: number): UploadError {
	return ownError({
		title: 'The upload was not completed because not all of the file was sent',
		description: `${sent} of ${size} bytes were sent. Run the workflow again.`,
		outcome: 'notSent',
		code: 'NOT_ALL_SENT',
		step: 'complete',
	});
}

export function corrupted({ file_id: fileId }: PdsFile): UploadError {
	return ownError({
		title: 'The stored file holds different bytes than were read',
		description:
			'Its size or checksum differs. Delete the file in PDS and run the workflow again. If the source changes during the upload, wait until it is finished.',
		outcome: 'refused',
		code: 'CHECKSUM_MISMATCH',
		step: 'complete',
		details: { fileId },
	});
}
