import { createHash } from 'crypto';

import { progressLog } from '../../shared/progress';
import type { StoredPart } from '../api/list-uploaded-parts';
import { PartReader } from './part-reader';
import type { PartUrls } from './part-urls';
import { MIN_PART_SIZE } from './plan';
import { asSent, putPart } from './put-part';
import type { Sender } from './sender';
import type { SentPart } from './sent-parts';
import { readingOf, tooShortPart, type Session, type UploadTask } from './task';

/**
 * Uploads the parts one after another, starting after the stored ones: the storage accepts only the
 * next part. Stored parts count up to the first gap.
 *
 * @throws {UploadError} code `PartNotSequential` when the storage expects another part
 */
export const sendSequential: Sender = async (task, session, urls, stored, sent) => {
	const { source, name, logger } = task;
	const sha1 = createHash('sha1');
	const progress = progressLog(logger, { fileName: name, size: source.size, attempt: 1 });
	const reader = new PartReader(source, sha1, readingOf(task));
	try {
		let number = 1;
		for (const part of stored) {
			if (part.partNumber !== number) break;
			sent.add(await takeStored(task, reader, part));
			number++;
		}
		// An empty file has one part too.
		for (; number === 1 || reader.left > 0; number++) {
			sent.add(await sendNext(task, session, urls, reader, number));
			progress(reader.offset);
		}
	} finally {
		await reader.close();
	}
	return sha1.digest('hex').toUpperCase();
};

/** Reads past a stored part, and verifies that it belongs to this file. */
async function takeStored(
	task: UploadTask,
	reader: PartReader,
	part: StoredPart,
): Promise<SentPart> {
	const buffer = await task.buffers.take(task.signal);
	try {
		const bytes = await reader.take(buffer.room(part.size));
		const found = await asSent(task, bytes, part);
		assertLongEnough(part.partNumber, bytes.length, reader);
		return found;
	} finally {
		buffer.release();
	}
}

/** Sends a part. What the storage did not accept of it goes with the next one. */
async function sendNext(
	task: UploadTask,
	session: Session,
	urls: PartUrls,
	reader: PartReader,
	number: number,
): Promise<SentPart> {
	const buffer = await task.buffers.take(task.signal);
	try {
		const bytes = await reader.take(buffer.room(Math.min(session.partSize, reader.left)));
		const stored = await putPart(task, session, urls, { number, bytes });
		reader.giveBack(bytes.subarray(stored.size));
		assertLongEnough(number, stored.size, reader);
		return stored;
	} finally {
		buffer.release();
	}
}

/** Refuses a part that is too small, as one that was cut off may be: only the last one may be. */
function assertLongEnough(partNumber: number, size: number, { left }: PartReader): void {
	if (size < MIN_PART_SIZE && left > 0) throw tooShortPart(partNumber);
}
