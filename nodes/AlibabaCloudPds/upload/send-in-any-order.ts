import { runPool } from '../../shared/pool';
import { progressLog } from '../../shared/progress';
import { LinkedAbort } from '../../shared/transport/linked-abort';
import type { StoredPart } from '../api/list-uploaded-parts';
import { PartReader } from './part-reader';
import type { PartUrls } from './part-urls';
import { assertStored, putPart, type Part } from './put-part';
import { Sha1State } from './sha1-state';
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
	const parts = cut(reader, sha1, session.partSize);
	const there = new Map(stored.map((part) => [part.partNumber, part]));
	const progress = progressLog(logger, { fileName: name, size: source.size, attempt: 1 });
	let bytes = 0;
	const send = async (part: Part, signal: AbortSignal) => {
		await sendPart(task, session, urls, part, there.get(part.number), signal);
		progress((bytes += part.size));
	};
	try {
		const workers = Array.from({ length: concurrency });
		await runPool(workers, concurrency, async (_, signal) => {
			await linked([task.signal, signal], async (either) => {
				await work(task, parts, async (part) => await send(part, either), either);
			});
		});
	} finally {
		await reader.close();
	}
	return sha1.digest();
}

/** Cuts the file into parts and takes the state of the hash at each cut. */
async function* cut(
	reader: PartReader,
	sha1: Sha1State,
	partSize: number,
): AsyncGenerator<Part, undefined> {
	for (let number = 1; number === 1 || reader.left > 0; number++) {
		const size = Math.min(partSize, reader.left);
		const chunks = await reader.take(size);
		const { state } = sha1;
		sha1.update(chunks);
		yield { number, chunks, size, state };
	}
	return undefined;
}

/** Takes parts and sends them until there are none, holding a place in memory for each. */
async function work(
	{ slots }: UploadTask,
	parts: AsyncGenerator<Part, undefined>,
	send: (part: Part) => Promise<void>,
	signal: AbortSignal,
): Promise<void> {
	for (;;) {
		const release = await slots.take();
		try {
			if (signal.aborted) return;
			const { done, value } = await parts.next();
			if (done) return;
			await send(value);
		} finally {
			release();
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
	if (stored) {
		if (stored.size !== part.size) throw otherContent(part.number);
		return await assertStored(part.chunks, stored);
	}
	const bytes = await putPart(task, session, urls, part, signal);
	// The places of the parts are fixed here: nothing can move to the next.
	if (bytes !== part.size) throw otherContent(part.number);
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
