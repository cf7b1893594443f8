import { runPool } from '../../shared/pool';
import { progressLog } from '../../shared/progress';
import { LinkedAbort } from '../../shared/transport';
import type { StoredPart } from '../api/list-uploaded-parts';
import type { PartBuffer } from './buffer-pool';
import { PartReader } from './part-reader';
import type { PartUrls } from './part-urls';
import { asSent, putPart, type Part } from './put-part';
import type { Sender } from './sender';
import type { SentPart } from './sent-parts';
import { Sha1State } from './sha1-state';
import { otherContent, readingOf, type Session, type UploadTask } from './task';

/**
 * Uploads several parts at a time. One reader cuts the file and hashes it on the way. Each part
 * tells the service the state of the hash before it, so parts must start in order but may end in
 * any order.
 */
export const sendParallel: Sender = async (task, session, urls, stored, sent) => {
	const { source, name, logger, concurrency } = task;
	const stop = new AbortController();
	const link = new LinkedAbort([task.signal, stop.signal]);
	const own = { ...task, signal: link.signal };
	const sha1 = await Sha1State.create();
	const reader = new PartReader(source, sha1, readingOf(own));
	const nextPart = cutterOf(reader, sha1, session.partSize);
	const there = new Map(stored.map((part) => [part.partNumber, part]));
	const progress = progressLog(logger, { fileName: name, size: source.size, attempt: 1 });
	let bytes = 0;
	const send = async (part: Part) => {
		sent.add(await sendPart(own, session, urls, part, there.get(part.number)));
		progress((bytes += part.bytes.length));
	};
	try {
		const workers = Array.from({ length: concurrency });
		await runPool(workers, concurrency, async () => await work(own, nextPart, send), stop);
	} finally {
		link.unlink();
		await reader.close();
	}
	return sha1.digest();
};

/** Reads the next part of the file into a buffer; undefined at the end. */
type Cutter = (buffer: PartBuffer) => Promise<Part | undefined>;

/**
 * Returns a function that cuts the file in order, even for concurrent callers, and records the
 * state of the hash at each cut.
 */
function cutterOf(reader: PartReader, sha1: Sha1State, partSize: number): Cutter {
	let last: Promise<Part | undefined> = Promise.resolve(undefined);
	let number = 0;
	const cut = async (buffer: PartBuffer) => {
		if (number > 0 && reader.left === 0) return undefined;
		const { state } = sha1;
		const bytes = await reader.take(buffer.room(Math.min(partSize, reader.left)));
		return { number: ++number, bytes, state };
	};
	return async (buffer) => await (last = last.then(async () => await cut(buffer)));
}

/** Sends parts until none is left, with a buffer for each. */
async function work(
	{ buffers, signal }: UploadTask,
	nextPart: Cutter,
	send: (part: Part) => Promise<void>,
): Promise<void> {
	for (;;) {
		const buffer = await buffers.take(signal);
		try {
			const part = await nextPart(buffer);
			if (!part) return;
			await send(part);
		} finally {
			buffer.release();
		}
	}
}

async function sendPart(
	task: UploadTask,
	session: Session,
	urls: PartUrls,
	part: Part,
	stored: StoredPart | undefined,
): Promise<SentPart> {
	const { number, bytes } = part;
	if (stored) {
		if (stored.size !== bytes.length) throw otherContent(number);
		return await asSent(task, bytes, stored);
	}
	// Parts have fixed positions here: a remainder cannot move to the next part.
	const taken = await putPart(task, session, urls, part);
	if (taken.size !== bytes.length) throw otherContent(number);
	return taken;
}
