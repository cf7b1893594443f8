import { ownError, recover, type UploadError } from '../../shared/errors';
import { isComplete, type PdsFile } from '../api/get-file';
import type { StoredPart } from '../api/list-uploaded-parts';
import { hasCode } from '../api/service-error';
import type { UploadRef } from '../api/upload-ref';
import { compare, findFile } from './finish';
import { PartUrls } from './part-urls';
import { partCount } from './plan';
import { allStoredParts, type StoredParts } from './stored-parts';
import { otherContent, type Session, type UploadTask } from './task';

export type Resumed =
	| { session: Session; urls: PartUrls; stored: StoredPart[] }
	/** The upload has been completed meanwhile. */
	| { file: PdsFile };

/**
 * Finds out how far an unfinished upload has got.
 *
 * @returns undefined when it is gone: cancelled, or cleaned up after ten days
 * @throws {UploadError} when its parts cannot belong to the file
 */
export async function resume(task: UploadTask, ref: UploadRef): Promise<Resumed | undefined> {
	const { client, source } = task;
	const there = await recover<StoredParts | undefined>(
		async () => await allStoredParts(client, ref),
		(error) => (hasEnded(error) ? undefined : error),
	);
	if (!there) {
		const file = await completedMeanwhile(task, ref);
		return file && { file };
	}
	const { parts: stored, parallel } = there;
	const partSize = parallel ? sizeOfStored(task, stored) : task.partSize;
	const total = stored.reduce((sum, part) => sum + part.size, 0);
	if (total > source.size) throw otherContent(stored.length);
	const session = { ...ref, parallel, partSize };
	return { session, urls: new PartUrls(client, session, partCount(source.size, partSize)), stored };
}

const ENDED = ['NotFound.UploadId', 'NotFound.File', 'AlreadyExist.File', 'NoSuchUpload'];

/** Whether the service no longer knows the upload, or has made it a file. */
export function hasEnded(error: UploadError): boolean {
	return ENDED.some((code) => hasCode(error, code));
}

/** Milliseconds before checking again a file that is being assembled; doubles each time. */
const WAIT = 500;

/** Maximum number of checks. */
const MAX_LOOKS = 4;

/**
 * Returns the file that resulted from the upload. When an upload is resumed, another run may be
 * completing it at this moment.
 *
 * @returns undefined if there is none, or if it holds other bytes
 * @throws {UploadError} with the outcome `unknown` if that cannot be determined
 */
export async function completedMeanwhile(
	task: UploadTask,
	ref: UploadRef,
): Promise<PdsFile | undefined> {
	const { client, signal } = task;
	for (let looks = 1; ; looks++) {
		const file = await recover<PdsFile | undefined>(
			async () => await findFile(client, ref),
			(error) => asUnknown(error, ref),
		);
		if (file && isComplete(file)) {
			const verdict = await compare(file, task);
			if (verdict === 'unknown') throw notProved(ref);
			return verdict === 'equal' ? file : undefined;
		}
		if (looks === MAX_LOOKS) {
			if (file) throw notProved(ref);
			return undefined;
		}
		// It may be about to appear.
		await client.transport.wait(WAIT * 2 ** (looks - 1), signal);
	}
}

function asUnknown(error: UploadError, ref: UploadRef): UploadError {
	const isStop = error.facts.outcome === 'cancelled';
	return isStop ? error : error.with({ outcome: 'unknown', details: { ...ref } });
}

/** Somebody has completed the upload, or is about to. */
function notProved(ref: UploadRef): UploadError {
	return ownError({
		title: 'The upload has ended, and nothing proves that its file holds these bytes',
		description:
			'Another run may have completed it. If the file is in the folder, all is done; if not, remove the option "Resume" to upload from the beginning.',
		outcome: 'unknown',
		code: 'NOT_PROVED',
		step: 'complete',
		details: { ...ref },
	});
}

/** Returns the part size of a parallel upload, where stored parts reveal the size of all. */
function sizeOfStored({ source: { size }, partSize }: UploadTask, stored: StoredPart[]): number {
	const fits = (part: StoredPart) =>
		part.size === Math.min(partSize, size - (part.partNumber - 1) * partSize);
	return stored.every(fits) ? partSize : Math.max(...stored.map((part) => part.size));
}
