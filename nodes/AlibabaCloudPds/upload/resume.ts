import { recover, type UploadError } from '../../shared/errors';
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
 * Returns the file that resulted from the upload, if it is proved to hold the source. When an
 * upload is resumed, another run may be completing it at this moment.
 */
export async function completedMeanwhile(
	task: UploadTask,
	ref: UploadRef,
): Promise<PdsFile | undefined> {
	const { client, signal } = task;
	for (let looks = 1; ; looks++) {
		const file = await findFile(client, ref);
		if (!file) return undefined;
		if (isComplete(file)) return (await compare(file, task)) === 'equal' ? file : undefined;
		if (!task.resume || looks === MAX_LOOKS) return undefined;
		await client.transport.wait(WAIT * 2 ** (looks - 1), signal);
	}
}

/** Returns the part size of a parallel upload, where stored parts reveal the size of all. */
function sizeOfStored({ source: { size }, partSize }: UploadTask, stored: StoredPart[]): number {
	const fits = (part: StoredPart) =>
		part.size === Math.min(partSize, size - (part.partNumber - 1) * partSize);
	return stored.every(fits) ? partSize : Math.max(...stored.map((part) => part.size));
}
