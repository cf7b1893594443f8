import { isOwn, recover, type UploadError } from '../../shared/errors';
import { getFile, type PdsFile } from '../api/get-file';
import type { StoredPart } from '../api/list-uploaded-parts';
import { hasCode } from '../api/service-error';
import { begin, nameIsFolder } from './begin';
import { compare, completeVerified, corrupted } from './finish';
import type { PartUrls } from './part-urls';
import { completedMeanwhile, hasEnded, resume } from './resume';
import { sendParts } from './send-parts';
import type { Session, UploadTask } from './task';

export interface UploadedFile {
	file: PdsFile;
	/** How the file got there. */
	how: 'sent' | 'resumed' | 'rapidUpload' | 'exist';
	/** Undefined if nothing was sent. */
	session?: Session;
}

/**
 * Uploads a file: create, send the parts, complete.
 *
 * Starts again, once, if the storage has lost the upload or its parts turn out to be unusable.
 *
 * @throws {UploadError} with `details.fileId` and `details.uploadId`, with which the upload can be
 * resumed
 */
export async function uploadFile(task: UploadTask): Promise<UploadedFile> {
	const upload = async () => (await resumed(task)) ?? (await fresh(task));
	return await recover(
		async () =>
			await recover(upload, async (error) => {
				if (!isWorthAnother(error, task)) return error;
				task.logger?.warn(`Upload of "${task.name}": ${error.facts.title}; from the beginning`, {
					code: error.facts.code,
				});
				return await fresh(task);
			}),
		(error) => inWords(error, task),
	);
}

/** Returns the upload that an earlier try left unfinished, if it can be continued. */
export function resumableIn(error: UploadError | undefined): UploadTask['resume'] {
	const { fileId, uploadId } = error?.facts.details ?? {};
	const known = typeof fileId === 'string' && typeof uploadId === 'string';
	return error && known && !isHopeless(error) ? { fileId, uploadId } : undefined;
}

async function resumed(task: UploadTask): Promise<UploadedFile | undefined> {
	if (!task.resume) return undefined;
	const ref = { driveId: task.driveId, ...task.resume };
	const found = await resume(task, ref);
	if (!found && task.earlierUnknown) throw task.earlierUnknown;
	if (!found) {
		task.logger?.warn(`The upload of "${task.name}" is gone: it begins again`, { ...task.resume });
		return undefined;
	}
	if ('file' in found) return { file: found.file, how: 'resumed' };
	const { session, urls, stored } = found;
	return { file: await transfer(task, session, urls, stored), how: 'resumed', session };
}

async function fresh(task: UploadTask): Promise<UploadedFile> {
	const { client, driveId } = task;
	const begun = await begin(task);
	if ('session' in begun) {
		const { session, urls } = begun;
		return { file: await transfer(task, session, urls, []), how: 'sent', session };
	}
	const { fileId, because, sha1 } = begun;
	const file = await recover(
		async () => await getFile(client, { driveId, fileId }),
		(error) => (because === 'rapidUpload' ? madeOf(task, fileId) : error),
	);
	if (file.type === 'folder') throw nameIsFolder(fileId);
	const isOther = sha1 !== undefined && (await compare(file, task, { sha1 })) === 'different';
	if (isOther) throw corrupted(file);
	return { file, how: because };
}

/** Returns what is known of a file that was created without any bytes being sent. */
function madeOf({ name, driveId, parentFileId, source }: UploadTask, fileId: string): PdsFile {
	const file = { file_id: fileId, drive_id: driveId, parent_file_id: parentFileId };
	return { ...file, name, size: source.size, type: 'file' };
}

/** Sends the missing parts and completes the upload. */
async function transfer(
	task: UploadTask,
	session: Session,
	urls: PartUrls,
	stored: StoredPart[],
): Promise<PdsFile> {
	const { fileId, uploadId, driveId } = session;
	return await recover(
		async () => await completeVerified(task, session, await sendParts(task, session, urls, stored)),
		async (error) =>
			(mayBeCompleted(error, task) && (await becameFile(task, session, error))) ||
			error.with({ details: { driveId, fileId, uploadId } }),
	);
}

/**
 * Whether an upload that has ended may have been completed: by another run that resumes it, or by
 * this one, if a proxy repeated the call and passed on the second response.
 */
function mayBeCompleted(error: UploadError, { resume }: UploadTask): boolean {
	return hasEnded(error) && (resume !== undefined || error.facts.step === 'complete');
}

/** The file of an upload that has ended. That nothing tells of it makes an unknown fate no clearer. */
async function becameFile(
	task: UploadTask,
	session: Session,
	{ facts: { outcome } }: UploadError,
): Promise<PdsFile | undefined> {
	const looked = completedMeanwhile(task, session);
	return outcome === 'unknown' ? await looked.catch(() => undefined) : await looked;
}

/** Whether a new upload may succeed where this one cannot. */
function isWorthAnother(error: UploadError, { resume: wanted }: UploadTask): boolean {
	// A file that may exist must not get a duplicate.
	if (error.facts.step === 'complete' || error.facts.outcome === 'unknown') return false;
	if (isLost(error) || isOwn(error, 'PART_TOO_SHORT')) return true;
	// The unfinished upload that the user chose belongs to another file, so the user must decide.
	return isOwn(error, 'UPLOAD_DIFFERS') && !wanted;
}

/** Whether the storage or the service no longer knows the upload. */
function isLost(error: UploadError): boolean {
	return ['NoSuchUpload', 'NotFound.UploadId'].some((code) => hasCode(error, code));
}

/** Whether the upload can no longer become the file. */
function isHopeless(error: UploadError): boolean {
	const isSpoilt = isOwn(error, 'CHECKSUM_MISMATCH', 'UPLOAD_DIFFERS', 'PART_TOO_SHORT');
	return error.facts.outcome !== 'unknown' && (isSpoilt || isLost(error));
}

/** Adds to an error what happened to the file, and how to resume an upload that was started. */
function inWords(error: UploadError, { name }: UploadTask): UploadError {
	const { title, description, outcome } = error.facts;
	const how =
		resumableIn(error) &&
		'To send only the missing parts, run again with the option "Resume" and the file ID and upload ID from the details (fileId, uploadId).';
	if (outcome !== 'unknown') {
		return error.with({ description: [description, how].filter(Boolean).join(' ') });
	}
	const why = isOwn(error, 'NOT_PROVED')
		? `${title}. ${description}`
		: `All of it was sent, but the response was lost (${title}). Check the folder before you run this again. ${how ?? ''}`;
	return error.with({
		title: `It is unknown whether "${name}" was stored`,
		description: why.trim(),
		details: { fileName: name },
	});
}
