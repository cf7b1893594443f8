import type { Logger } from 'n8n-workflow';

import { UploadError, toUploadError } from '../../shared/errors';
import { putWithPermit } from '../../shared/oss';
import { compareChecksums } from '../../shared/oss/checksum';
import { listUploadedParts, type StoredPart } from '../api/list-uploaded-parts';
import type { UploadRef } from '../api/upload-ref';
import { md5Of, sourceOf } from './part-bytes';
import type { PartAddress, PartUrls } from './part-urls';
import { inPdsWords } from './storage-error';
import { otherContent, type UploadTask } from './task';

/** A part in memory. */
export interface Part extends PartAddress {
	bytes: Uint8Array;
}

/** The code of the storage for a part that is not the next one. */
export const NOT_SEQUENTIAL = 'PartNotSequential';

/**
 * Uploads a part, from memory and as often as it takes.
 *
 * @returns bytes of it that are stored under its number: fewer than it has when an earlier attempt
 * was cut and the storage kept what had come, which it does where parts come in order
 * @throws {UploadError} code `PartNotSequential`, `NoSuchUpload`, or {@link otherContent}
 */
export async function putPart(
	task: UploadTask,
	ref: UploadRef,
	urls: PartUrls,
	part: Part,
	signal = task.signal,
): Promise<number> {
	const { client, name, timeout, logger } = task;
	try {
		await putWithPermit(sourceOf(part.bytes), {
			permit: await urls.permit(part),
			renew: async () => await urls.renew(part),
			transport: client.transport,
			step: 'putPart',
			fileName: `${name}, part ${part.number}`,
			timeout,
			signal,
			logger: logger && warningsOf(logger),
		});
	} catch (thrown) {
		const error = toUploadError(thrown);
		const { step, code } = error.facts;
		const isThere = step === 'putPart' && code === 'PartAlreadyExist';
		if (!isThere) throw inPdsWords(error).with({ details: { partNumber: part.number } });
		return await storedBytesOf(task, ref, part);
	}
	urls.done(part.number);
	return part.bytes.length;
}

/** Throws unless the bytes are those of the stored part. */
export async function assertStored(bytes: Uint8Array, stored: StoredPart): Promise<void> {
	const { eTag, partNumber } = stored;
	// An ETag that is no MD5 (an encrypted bucket) tells nothing: then the size has to do.
	const verdict = await compareChecksums(md5Of(bytes), { eTag }, () => sourceOf(bytes).open());
	if (verdict === 'different') throw otherContent(partNumber);
}

/** What the storage has under the part's number, if it is the beginning of the part. */
async function storedBytesOf(task: UploadTask, ref: UploadRef, part: Part): Promise<number> {
	const { number, bytes } = part;
	const page = { marker: number > 1 ? number - 1 : undefined, limit: 1 };
	const { parts } = await listUploadedParts(task.client, ref, page);
	const stored = parts.find(({ partNumber }) => partNumber === number);
	if (!stored) throw notSequential(number);
	if (stored.size > bytes.length) throw otherContent(number);
	await assertStored(bytes.subarray(0, stored.size), stored);
	return stored.size;
}

/** The storage contradicts itself: have the caller look again at what it has. */
function notSequential(partNumber: number): UploadError {
	return new UploadError({
		title: 'The storage says that a part is there, but does not list it',
		description: 'Run the workflow again.',
		code: NOT_SEQUENTIAL,
		step: 'putPart',
		details: { partNumber },
	});
}

/** The progress of single parts is no news; that of the file is told elsewhere. */
function warningsOf(logger: Logger): Logger {
	const silent = () => {};
	return {
		error: (message, meta) => logger.error(message, meta),
		warn: (message, meta) => logger.warn(message, meta),
		info: silent,
		debug: silent,
	};
}
