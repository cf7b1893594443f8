import { toUploadError } from '../../shared/errors';
import type { PdsFile } from '../api/get-file';
import type { StoredPart } from '../api/list-uploaded-parts';
import { hasCode } from '../api/service-error';
import type { UploadRef } from '../api/upload-ref';
import { findCompleted, holds } from './finish';
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
	let there: StoredParts;
	try {
		there = await allStoredParts(client, ref);
	} catch (thrown) {
		const error = toUploadError(thrown);
		const ended = ['NotFound.UploadId', 'NotFound.File', 'AlreadyExist.File'];
		if (!ended.some((code) => hasCode(error, code))) throw toUploadError(error);
		const file = await findCompleted(client, ref);
		return file && (await holds(file, { source })) ? { file } : undefined;
	}
	const { parts: stored, parallel } = there;
	const partSize = parallel ? sizeOfStored(task, stored) : task.partSize;
	const total = stored.reduce((sum, part) => sum + part.size, 0);
	if (total > source.size) throw otherContent(stored.length);
	const session = { ...ref, parallel, partSize };
	return { session, urls: new PartUrls(client, session, partCount(source.size, partSize)), stored };
}

/** Where parts have fixed places, those that are stored tell the size of all. */
function sizeOfStored({ source: { size }, partSize }: UploadTask, stored: StoredPart[]): number {
	const fits = (part: StoredPart) =>
		part.size === Math.min(partSize, size - (part.partNumber - 1) * partSize);
	return stored.every(fits) ? partSize : Math.max(...stored.map((part) => part.size));
}
