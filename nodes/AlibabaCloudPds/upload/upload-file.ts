import { isCancelled, toUploadError, type UploadError } from '../../shared/errors';
import { getFile, type PdsFile } from '../api/get-file';
import type { StoredPart } from '../api/list-uploaded-parts';
import { hasCode } from '../api/service-error';
import { begin } from './begin';
import { completeVerified, findCompleted, holds } from './finish';
import type { PartUrls } from './part-urls';
import { resume } from './resume';
import { sendInAnyOrder } from './send-in-any-order';
import { sendInOrder } from './send-in-order';
import { OTHER_CONTENT, TOO_SHORT_PART, type Session, type UploadTask } from './task';

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
	try {
		return (await resumed(task)) ?? (await fresh(task));
	} catch (thrown) {
		const error = toUploadError(thrown);
		if (!isWorthAnother(error, task)) throw resumable(error);
		task.logger?.warn(`Upload of "${task.name}": ${error.facts.title}; from the beginning`, {
			code: error.facts.code,
		});
	}
	try {
		return await fresh(task);
	} catch (thrown) {
		throw resumable(toUploadError(thrown));
	}
}

async function resumed(task: UploadTask): Promise<UploadedFile | undefined> {
	if (!task.resume) return undefined;
	const ref = { driveId: task.driveId, ...task.resume };
	const found = await resume(task, ref);
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
	const { fileId, because } = begun;
	return { file: await getFile(client, { driveId, fileId }), how: because };
}

/** Sends what is missing and makes it a file. */
async function transfer(
	task: UploadTask,
	session: Session,
	urls: PartUrls,
	stored: StoredPart[],
): Promise<PdsFile> {
	const { client, source } = task;
	const { fileId, uploadId, driveId } = session;
	const send = session.parallel ? sendInAnyOrder : sendInOrder;
	try {
		const sha1 = await send(task, session, urls, stored);
		return await completeVerified(client, session, { source, sha1 });
	} catch (thrown) {
		const error = toUploadError(thrown);
		const ended = hasCode(error, 'AlreadyExist.File') && (await findCompleted(client, session));
		if (ended && (await holds(ended, { source }))) return ended;
		throw error.with({ details: { driveId, fileId, uploadId } });
	}
}

/** Whether a new upload may succeed where this one cannot. */
function isWorthAnother(error: UploadError, { resume: wanted }: UploadTask): boolean {
	// Whether a completed file is there could not be told: a new upload might be a second one.
	if (error.facts.step === 'complete') return false;
	const lost = ['NoSuchUpload', 'NotFound.UploadId', TOO_SHORT_PART];
	if (lost.some((code) => hasCode(error, code))) return true;
	// The user's unfinished upload belongs to another file: that is for the user to decide.
	return error.facts.code === OTHER_CONTENT && !wanted;
}

const HOPELESS = [
	'NoSuchUpload',
	'NotFound.UploadId',
	'CHECKSUM_MISMATCH',
	OTHER_CONTENT,
	TOO_SHORT_PART,
];

/** Tells how to go on with an upload that was begun. */
function resumable(error: UploadError): UploadError {
	const { details, description } = error.facts;
	const hopeless = HOPELESS.some((code) => hasCode(error, code));
	if (!details?.uploadId || hopeless || isCancelled(error)) return error;
	const how =
		'To send only what is missing, run again with the option "Resume" and the file ID and upload ID of the details (fileId, uploadId).';
	return error.with({ description: [description, how].filter(Boolean).join(' ') });
}
