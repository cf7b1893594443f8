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
	/** The option "Timeout", where the operation has it: milliseconds. */
	timeout?: number;
	/** Whether a file that was found is proved to be the one that was uploaded. */
	isProved: (file: PdsFile) => Promise<boolean>;
}

/**
 * Completes an upload. When the answer was lost, the file itself may tell whether it worked: at a
 * second try the service does not know the upload any more, and would say so of any other as well.
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

/** The file of an upload that is no longer known, if it is complete. */
export async function findCompleted(
	client: PdsClient,
	ref: UploadRef,
): Promise<PdsFile | undefined> {
	const file = await findFile(client, ref);
	return file && isComplete(file) ? file : undefined;
}

/** The file of an upload, also before it is complete. */
export async function findFile(client: PdsClient, ref: UploadRef): Promise<PdsFile | undefined> {
	return await recover<PdsFile | undefined>(
		async () => await getFile(client, ref),
		(error) => (hasCode(error, 'NotFound') ? undefined : error),
	);
}

/**
 * Completes an upload whose parts were all sent, and makes sure that the file holds what was read.
 *
 * @throws {UploadError} before anything is completed when parts are missing: a service that does not
 * count would make a file of the others
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

/** Whether an answer tells of the file of the upload, with enough to compare. */
function isAbout(file: PdsFile, { fileId }: Session): boolean {
	const { file_id: id, type, size } = file;
	return id === fileId && type !== 'folder' && isComplete(file) && typeof size === 'number';
}

/** The file itself, where the answer told of another one or of nothing. */
async function lookedUp(client: PdsClient, session: Session): Promise<PdsFile> {
	const file = await findCompleted(client, session).catch(() => undefined);
	if (file?.file_id === session.fileId && file.type !== 'folder') return file;
	throw incompleteAnswer('Alibaba Cloud PDS', { step: 'complete' });
}

/**
 * Whether a file holds what the task is to upload, as far as its fields tell. What the service tells no
 * checksum of is not read for one.
 *
 * @param known what has been taken already; without it the file is read
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
		title: 'The upload was not completed, because not all of the file was sent',
		description: `${sent} of ${size} bytes were. Run the workflow again.`,
		outcome: 'notSent',
		code: 'NOT_ALL_SENT',
		step: 'complete',
	});
}

export function corrupted({ file_id: fileId }: PdsFile): UploadError {
	return ownError({
		title: 'The stored file holds different bytes than were read',
		description:
			'Size or checksum differ. Delete the file in PDS and run the workflow again; if the file was changed while it was uploaded, wait until it is finished.',
		outcome: 'refused',
		code: 'CHECKSUM_MISMATCH',
		step: 'complete',
		details: { fileId },
	});
}
