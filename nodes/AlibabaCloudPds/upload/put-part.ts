import type { Logger } from 'n8n-workflow';

import { contentOf, readFile } from '../../shared/binary';
import { recover, UploadError } from '../../shared/errors';
import { compareETag, isStorageETag, md5Of, putFile } from '../../shared/oss';
import { listUploadedParts, type StoredPart } from '../api/list-uploaded-parts';
import type { UploadRef } from '../api/upload-ref';
import { crc64Of } from './hashes';
import type { PartAddress, PartUrls } from './part-urls';
import type { SentPart } from './sent-parts';
import { inPdsWords } from './storage-error';
import { otherContent, readingOf, type UploadTask } from './task';

/** A part in memory. */
export interface Part extends PartAddress {
	bytes: Uint8Array;
}

/** The storage's code for a part that is not the next one. */
export const NOT_SEQUENTIAL = 'PartNotSequential';

/**
 * Uploads a part from memory, with retries.
 *
 * @returns what is stored under its number, or is assumed to be. This is less than the part when an
 * earlier attempt was cut off and the storage kept what had arrived, as it does when parts come in
 * sequence.
 * @throws {UploadError} code `PartNotSequential`, `NoSuchUpload`, or {@link otherContent}
 */
export async function putPart(
	task: UploadTask,
	ref: UploadRef,
	urls: PartUrls,
	part: Part,
): Promise<SentPart> {
	const { client, name, timeout, signal, logger } = task;
	const put = async () => {
		const { eTag, crc64, isProved } = await putFile(contentOf(part.bytes), {
			target: await urls.target(part),
			renew: async () => await urls.renew(part),
			transport: client.transport,
			step: 'putPart',
			fileName: `${name}, part ${part.number}`,
			timeout,
			signal,
			logger: logger && warningsOf(logger),
		});
		urls.done(part.number);
		return {
			partNumber: part.number,
			size: part.bytes.length,
			eTag,
			// A part without proof is looked up later in the storage's list, when its bytes are no longer
			// in memory.
			md5: isProved ? undefined : await md5Of(bytesOf(task, part.bytes)),
			crc64,
			isProved,
		};
	};
	return await recover(put, async (error) => {
		const { step, code } = error.facts;
		const isThere = step === 'putPart' && code === 'PartAlreadyExist';
		if (isThere) return await storedPartOf(task, ref, part);
		return inPdsWords(error).with({ details: { partNumber: part.number } });
	});
}

/**
 * Returns a part that is already stored as if it had been sent.
 *
 * @throws {UploadError} {@link otherContent} unless the bytes match the stored part
 */
export async function asSent(
	task: UploadTask,
	bytes: Uint8Array,
	part: StoredPart,
): Promise<SentPart> {
	const { eTag, partNumber } = part;
	const verdict = await compareETag(() => bytesOf(task, bytes), eTag);
	if (verdict === 'different') throw otherContent(partNumber);
	const crc64 = await crc64Of(contentOf(bytes), readingOf(task));
	// The ETag of a multipart object says nothing about the bytes, only that a storage has them.
	const isProved = isStorageETag(eTag);
	return { ...part, eTag: isProved ? eTag : undefined, crc64, isProved };
}

/** Returns bytes in memory in the form that a hash reads. */
function bytesOf(task: UploadTask, bytes: Uint8Array): AsyncIterable<Uint8Array> {
	return readFile(contentOf(bytes), readingOf(task));
}

/** Returns what the storage has under the part's number, if it is the beginning of the part. */
async function storedPartOf(task: UploadTask, ref: UploadRef, part: Part): Promise<SentPart> {
	const { number, bytes } = part;
	const page = { marker: number > 1 ? number - 1 : undefined, limit: 1 };
	const { parts } = await listUploadedParts(task.client, ref, page);
	const stored = parts.find(({ partNumber }) => partNumber === number);
	if (!stored) throw notSequential(number);
	if (stored.size > bytes.length) throw otherContent(number);
	return await asSent(task, bytes.subarray(0, stored.size), stored);
}

/**
 * Creates the error for a storage that contradicts itself: the caller looks again at what it has.
 */
function notSequential(partNumber: number): UploadError {
	return new UploadError({
		title: 'The storage reports a part that it does not list',
		description: 'Run the workflow again.',
		outcome: 'refused',
		code: NOT_SEQUENTIAL,
		step: 'putPart',
		details: { partNumber },
	});
}

/**
 * Returns a logger without progress messages: the progress of the file is logged elsewhere, not
 * that of its parts.
 */
function warningsOf(logger: Logger): Logger {
	const silent = () => {};
	return {
		error: (message, meta) => logger.error(message, meta),
		warn: (message, meta) => logger.warn(message, meta),
		info: silent,
		debug: silent,
	};
}
