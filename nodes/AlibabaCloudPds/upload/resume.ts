import { recover, type UploadError } from '../../shared/errors';
import type { PdsFile } from '../api/get-file';
import type { StoredPart } from '../api/list-uploaded-parts';
import { hasCode } from '../api/service-error';
import type { UploadRef } from '../api/upload-ref';
import { compare, findCompleted } from './finish';
import { PartUrls } from './part-urls';
import { partCount } from './plan';
import { allStoredParts, type StoredParts } from './stored-parts';
import { otherContent, type Session, type UploadTask } from './task';

export type Resumed =
	| { session: Session; urls: PartUrls; stored: StoredPart[] }
	/** It has ended meanwhile. */
	| { file: PdsFile };

/**
 * Finds out how far an unfinished upload has come.
 *
 * @returns undefined when it is gone: cancelled, or cleaned up after ten days
 * @throws {UploadError} when its parts cannot be those of the file
 */
export async function resume(task: UploadTask, ref: UploadRef): Promise<Resumed | undefined> {
	const { client, source } = task;
	const there = await recover<StoredParts | undefined>(
		async () => await allStoredParts(client, ref),
		(error) => (hasEnded(error) ? undefined : error),
	);
	if (!there) return await finished(task, ref);
	const { parts: stored, parallel } = there;
	const partSize = parallel ? sizeOfStored(task, stored) : task.partSize;
	const total = stored.reduce((sum, part) => sum + part.size, 0);
	if (total > source.size) throw otherContent(stored.length);
	const session = { ...ref, parallel, partSize };
	return { session, urls: new PartUrls(client, session, partCount(source.size, partSize)), stored };
}

function hasEnded(error: UploadError): boolean {
	const codes = ['NotFound.UploadId', 'NotFound.File', 'AlreadyExist.File'];
	return codes.some((code) => hasCode(error, code));
}

/** The file that came of the upload, if it is proved to hold what was to be uploaded. */
async function finished(task: UploadTask, ref: UploadRef): Promise<Resumed | undefined> {
	const file = await findCompleted(task.client, ref);
	return file && (await compare(file, task)) === 'equal' ? { file } : undefined;
}

/** Where parts have fixed places, those that are stored tell the size of all. */
function sizeOfStored({ source: { size }, partSize }: UploadTask, stored: StoredPart[]): number {
	const fits = (part: StoredPart) =>
		part.size === Math.min(partSize, size - (part.partNumber - 1) * partSize);
	return stored.every(fits) ? partSize : Math.max(...stored.map((part) => part.size));
}
