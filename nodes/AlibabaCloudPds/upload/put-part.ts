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

/** The code of the storage for a part that is not the next one. */
export const NOT_SEQUENTIAL = 'PartNotSequential';

/**
 * Uploads a part, from memory and as often as it takes.
 *
 * @returns what is stored under its number, or not proved to be: less than the part when an earlier
 * attempt was cut and the storage kept what had come, which it does where parts come in order
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
			// What is not proved will be looked for in the list of the storage, after its bytes are gone.
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
 * A part that is stored already, as one that was sent.
 *
 * @throws {UploadError} {@link otherContent} unless the bytes are those of the stored part
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
	// One of an object in parts tells nothing of the bytes, but that a storage has them.
	const isProved = isStorageETag(eTag);
	return { ...part, eTag: isProved ? eTag : undefined, crc64, isProved };
}

/** Bytes in memory as a hash takes them. */
function bytesOf(task: UploadTask, bytes: Uint8Array): AsyncIterable<Uint8Array> {
	return readFile(contentOf(bytes), readingOf(task));
}

/** What the storage has under the part's number, if it is the beginning of the part. */
async function storedPartOf(task: UploadTask, ref: UploadRef, part: Part): Promise<SentPart> {
	const { number, bytes } = part;
	const page = { marker: number > 1 ? number - 1 : undefined, limit: 1 };
	const { parts } = await listUploadedParts(task.client, ref, page);
	const stored = parts.find(({ partNumber }) => partNumber === number);
	if (!stored) throw notSequential(number);
	if (stored.size > bytes.length) throw otherContent(number);
	return await asSent(task, bytes.subarray(0, stored.size), stored);
}

/** The storage contradicts itself: have the caller look again at what it has. */
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
