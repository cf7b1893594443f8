import { runPool } from '../../shared/pool';
import { progressLog } from '../../shared/progress';
import { LinkedAbort } from '../../shared/transport/linked-abort';
import type { StoredPart } from '../api/list-uploaded-parts';
import { PartReader } from './part-reader';
import type { PartUrls } from './part-urls';
import { assertStored, putPart, type Part } from './put-part';
import { Sha1State } from './sha1-state';
import type { Slot } from './slots';
import { otherContent, type Session, type UploadTask } from './task';

/**
 * Uploads several parts at a time. One reader cuts the file and hashes it on its way: each part
 * tells the service the state of the hash before it, so the parts must begin in order, but may end
 * in any.
 *
 * @param stored parts that need not be sent again
 * @returns SHA-1 of the file, upper-case hex
 */
export async function sendInAnyOrder(
	task: UploadTask,
	session: Session,
	urls: PartUrls,
	stored: StoredPart[],
): Promise<string> {
	const { source, name, logger, concurrency } = task;
	const sha1 = await Sha1State.create();
	const reader = new PartReader(source);
	const nextPart = cutterOf(reader, sha1, session.partSize);
	const there = new Map(stored.map((part) => [part.partNumber, part]));
	const progress = progressLog(logger, { fileName: name, size: source.size, attempt: 1 });
	let bytes = 0;
	const send = async (part: Part, signal: AbortSignal) => {
		await sendPart(task, session, urls, part, there.get(part.number), signal);
		progress((bytes += part.bytes.length));
	};
	try {
		const workers = Array.from({ length: concurrency });
		await runPool(workers, concurrency, async (_, signal) => {
			await linked([task.signal, signal], async (either) => {
				await work(task, nextPart, async (part) => await send(part, either), either);
			});
		});
	} finally {
		await reader.close();
	}
	return sha1.digest();
}

/** The next part of the file, read into the memory of a place; undefined when there is none. */
type Cutter = (slot: Slot) => Promise<Part | undefined>;

/** Cuts the file in order, whoever asks, and takes the state of the hash at each cut. */
function cutterOf(reader: PartReader, sha1: Sha1State, partSize: number): Cutter {
	let last: Promise<Part | undefined> = Promise.resolve(undefined);
	let number = 0;
	const cut = async (slot: Slot) => {
		if (number > 0 && reader.left === 0) return undefined;
		const bytes = await reader.take(slot.room(Math.min(partSize, reader.left)));
		const { state } = sha1;
		sha1.update(bytes);
		return { number: ++number, bytes, state };
	};
	return async (slot) => await (last = last.then(async () => await cut(slot)));
}

/** Takes parts and sends them until there are none, holding a place in memory for each. */
async function work(
	{ slots }: UploadTask,
	nextPart: Cutter,
	send: (part: Part) => Promise<void>,
	signal: AbortSignal,
): Promise<void> {
	for (;;) {
		const slot = await slots.take();
		try {
			if (signal.aborted) return;
			const part = await nextPart(slot);
			if (!part) return;
			await send(part);
		} finally {
			slot.release();
		}
	}
}

async function sendPart(
	task: UploadTask,
	session: Session,
	urls: PartUrls,
	part: Part,
	stored: StoredPart | undefined,
	signal: AbortSignal,
): Promise<void> {
	const { number, bytes } = part;
	if (stored) {
		if (stored.size !== bytes.length) throw otherContent(number);
		return await assertStored(bytes, stored);
	}
	// The places of the parts are fixed here: nothing can move to the next.
	const taken = await putPart(task, session, urls, part, signal);
	if (taken !== bytes.length) throw otherContent(number);
}

/** Does the work with a signal that follows several others. */
async function linked(
	signals: Array<AbortSignal | undefined>,
	work: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
	const link = new LinkedAbort(signals);
	try {
		await work(link.signal);
	} finally {
		link.unlink();
	}
}
