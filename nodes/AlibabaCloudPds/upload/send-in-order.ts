import { createHash } from 'crypto';

import { toUploadError } from '../../shared/errors';
import { progressLog } from '../../shared/progress';
import type { StoredPart } from '../api/list-uploaded-parts';
import { PartReader } from './part-reader';
import type { PartUrls } from './part-urls';
import { SMALLEST_PART } from './plan';
import { assertStored, NOT_SEQUENTIAL, putPart } from './put-part';
import { allStoredParts } from './stored-parts';
import { tooShortPart, type Session, type UploadTask } from './task';

/** How often the file is read again because the storage had other parts than thought. */
const MOST_RESYNCS = 3;

/** Milliseconds before looking again; doubles with each time. */
const RESYNC_WAIT = 500;

/**
 * Uploads the parts one after the other, beginning after those that are stored.
 *
 * The storage takes the next part only. When it wants another one than thought, what it has is
 * looked up and the file is read again from its beginning, because the bytes are gone from memory.
 *
 * @returns SHA-1 of the file, upper-case hex
 */
export async function sendInOrder(
	task: UploadTask,
	session: Session,
	urls: PartUrls,
	stored: StoredPart[],
): Promise<string> {
	const { client, signal } = task;
	let there = stored;
	for (let resyncs = 0; ; resyncs++) {
		try {
			return await pass(task, session, urls, there);
		} catch (thrown) {
			const error = toUploadError(thrown);
			const isLost = error.facts.code === NOT_SEQUENTIAL && resyncs < MOST_RESYNCS;
			if (!isLost) throw toUploadError(error);
			await client.transport.wait(RESYNC_WAIT * 2 ** resyncs, signal);
			there = (await allStoredParts(client, session)).parts;
		}
	}
}

async function pass(
	task: UploadTask,
	session: Session,
	urls: PartUrls,
	stored: StoredPart[],
): Promise<string> {
	const { source, name, logger } = task;
	const sha1 = createHash('sha1');
	const count = (bytes: Uint8Array) => void sha1.update(bytes);
	const progress = progressLog(logger, { fileName: name, size: source.size, attempt: 1 });
	const reader = new PartReader(source);
	try {
		for (const part of stored) await takeStored(task, reader, part, count);
		// An empty file has one part as well.
		const first = (stored.at(-1)?.partNumber ?? 0) + 1;
		for (let number = first; number === 1 || reader.left > 0; number++) {
			await sendNext(task, session, urls, reader, number, count);
			progress(reader.offset);
		}
	} finally {
		await reader.close();
	}
	return sha1.digest('hex').toUpperCase();
}

/** Told the bytes that are stored, while they are in memory. */
type Count = (bytes: Uint8Array) => void;

/** Reads past a part that is stored, and makes sure that it is this file's. */
async function takeStored(
	{ slots }: UploadTask,
	reader: PartReader,
	part: StoredPart,
	count: Count,
): Promise<void> {
	const slot = await slots.take();
	try {
		const bytes = await reader.take(slot.room(part.size));
		await assertStored(bytes, part);
		assertLongEnough(part.partNumber, bytes.length, reader);
		count(bytes);
	} finally {
		slot.release();
	}
}

/** Sends a part. What the storage did not take of it goes with the next one. */
async function sendNext(
	task: UploadTask,
	session: Session,
	urls: PartUrls,
	reader: PartReader,
	number: number,
	count: Count,
): Promise<void> {
	const slot = await task.slots.take();
	try {
		const bytes = await reader.take(slot.room(Math.min(session.partSize, reader.left)));
		const stored = await putPart(task, session, urls, { number, bytes });
		reader.giveBack(bytes.subarray(stored));
		assertLongEnough(number, stored, reader);
		count(bytes.subarray(0, stored));
	} finally {
		slot.release();
	}
}

/** Only the last part may be small; one that was cut is known by its size. */
function assertLongEnough(partNumber: number, size: number, { left }: PartReader): void {
	if (size < SMALLEST_PART && left > 0) throw tooShortPart(partNumber);
}
