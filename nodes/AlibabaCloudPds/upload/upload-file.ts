import { isOwn, recover, type UploadError } from '../../shared/errors';
import { getFile, type PdsFile } from '../api/get-file';
import type { StoredPart } from '../api/list-uploaded-parts';
import { hasCode } from '../api/service-error';
import { begin, isFolder } from './begin';
import { compare, completeVerified, corrupted } from './finish';
import type { PartUrls } from './part-urls';
import { completedMeanwhile, hasEnded, resume } from './resume';
import { sendParts } from './send-parts';
import type { Session, UploadTask } from './task';

export interface UploadedFile {
	file: PdsFile;
	/** How it came to be there. */
	how: 'sent' | 'resumed' | 'rapidUpload' | 'exist';
	/** Missing where nothing was sent. */
	session?: Session;
}

/**
 * The whole upload of a file: create, parts, complete.
 *
 * An upload that the storage has lost, or whose parts turn out to be spoilt, is begun again once.
 *
 * @throws {UploadError} with `details.fileId` and `details.uploadId`, by which it can be resumed
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

/** What an earlier try has left of an upload, if it can be gone on with. */
export function resumableIn(error: UploadError | undefined): UploadTask['resume'] {
	const { fileId, uploadId } = error?.facts.details ?? {};
	const known = typeof fileId === 'string' && typeof uploadId === 'string';
	return error && known && !isHopeless(error) ? { fileId, uploadId } : undefined;
}

async function resumed(task: UploadTask): Promise<UploadedFile | undefined> {
	if (!task.resume) return undefined;
	const ref = { driveId: task.driveId, ...task.resume };
	const found = await resume(task, ref);
	if (!found && task.unknown) throw task.unknown;
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
	if (file.type === 'folder') throw isFolder(fileId);
	const isOther = sha1 !== undefined && (await compare(file, task, { sha1 })) === 'different';
	if (isOther) throw corrupted(file);
	return { file, how: because };
}

/** A file that was made without bytes being sent, as far as it is known without being looked at. */
function madeOf({ name, driveId, parentFileId, source }: UploadTask, fileId: string): PdsFile {
	const file = { file_id: fileId, drive_id: driveId, parent_file_id: parentFileId };
	return { ...file, name, size: source.size, type: 'file' };
}

/** Sends what is missing and makes it a file. */
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
			(hasEnded(error) && (await becameFile(task, session, error))) ||
			error.with({ details: { driveId, fileId, uploadId } }),
	);
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
	// A file that may be there must not get a second one beside it.
	if (error.facts.step === 'complete' || error.facts.outcome === 'unknown') return false;
	if (isLost(error) || isOwn(error, 'PART_TOO_SHORT')) return true;
	// The user's unfinished upload belongs to another file: that is for the user to decide.
	return isOwn(error, 'UPLOAD_DIFFERS') && !wanted;
}

/** Neither the storage nor the service knows the upload any more. */
function isLost(error: UploadError): boolean {
	return ['NoSuchUpload', 'NotFound.UploadId'].some((code) => hasCode(error, code));
}

/** Nothing can be added to the upload that would make it the file. */
function isHopeless(error: UploadError): boolean {
	const isSpoilt = isOwn(error, 'CHECKSUM_MISMATCH', 'UPLOAD_DIFFERS', 'PART_TOO_SHORT');
	return error.facts.outcome !== 'unknown' && (isSpoilt || isLost(error));
}

/** Tells what became of the file, and how to go on with an upload that was begun. */
function inWords(error: UploadError, { name }: UploadTask): UploadError {
	const { title, description, outcome } = error.facts;
	const how =
		resumableIn(error) &&
		'To send only what is missing, run again with the option "Resume" and the file ID and upload ID of the details (fileId, uploadId).';
	if (outcome !== 'unknown') {
		return error.with({ description: [description, how].filter(Boolean).join(' ') });
	}
	const why = isOwn(error, 'NOT_PROVED')
		? `${title}. ${description}`
		: `All of it was sent, but the answer that would tell was lost (${title}). Look into the folder before you run this again. ${how ?? ''}`;
	return error.with({
		title: `It is unknown whether "${name}" was stored`,
		description: why.trim(),
		details: { fileName: name },
	});
}
