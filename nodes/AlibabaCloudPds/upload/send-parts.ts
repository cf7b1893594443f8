import { ownError, recover, type UploadError } from '../../shared/errors';
import type { StoredPart } from '../api/list-uploaded-parts';
import type { PartUrls } from './part-urls';
import { NOT_SEQUENTIAL } from './put-part';
import { sendParallel } from './send-parallel';
import { sendSequential } from './send-sequential';
import { SentParts } from './sent-parts';
import { allStoredParts } from './stored-parts';
import { otherContent, type Sent, type Session, type UploadTask } from './task';

/** How often the file is read again because the storage has other parts than expected. */
const MAX_REPEATS = 3;

/** Milliseconds before reading it again; doubles each time. */
const WAIT = 500;

/** Number of parts that an error names. */
const NAMED = 10;

/** The result of reading the file once: its SHA-1, or that the storage expected another part. */
type Pass = { sha1: string } | { outOfStep: UploadError };

/**
 * Uploads the parts of a file and makes sure that all of them are stored.
 *
 * Not every success comes from the storage: a proxy may have accepted a part and discarded it.
 * Unless a checksum proves every part, the storage is asked what it has. If that is not what was
 * sent, the file is read again from its beginning, because the bytes are no longer in memory.
 *
 * @param stored parts that need not be sent again
 * @throws {UploadError} also when it is stopped: it never ends early without an error
 */
export async function sendParts(
	task: UploadTask,
	session: Session,
	urls: PartUrls,
	stored: StoredPart[],
): Promise<Sent> {
	const { client, signal } = task;
	const send = session.parallel ? sendParallel : sendSequential;
	let there = stored;
	for (let repeats = 0; ; repeats++) {
		const sent = new SentParts();
		const pass = await recover<Pass>(
			async () => ({ sha1: await send(task, session, urls, there, sent) }),
			(error) => (error.facts.code === NOT_SEQUENTIAL ? { outOfStep: error } : error),
		);
		const isAll = 'sha1' in pass;
		const missing = sent.areProved ? [] : await missingOf(task, session, sent, isAll);
		if (isAll && missing.length === 0)
			return { sha1: pass.sha1, crc64: sent.crc64, bytes: sent.bytes };
		if (repeats === MAX_REPEATS) {
			throw isAll || missing.length > 0 ? notStored(missing) : pass.outOfStep;
		}
		await client.transport.wait(WAIT * 2 ** repeats, signal);
		const { parts } = await allStoredParts(client, session);
		there = isAll ? parts.filter((part) => sent.has(part)) : parts;
	}
}

/**
 * Asks the storage which parts it lacks or has differently.
 *
 * @param isAll whether all parts were sent; then the storage must not have any others
 * @throws {UploadError} when the storage has a part that does not belong to the file and cannot be
 * replaced
 */
async function missingOf(
	{ client }: UploadTask,
	session: Session,
	sent: SentParts,
	isAll: boolean,
): Promise<number[]> {
	const { parts } = await allStoredParts(client, session);
	const other = isAll ? sent.strangerIn(parts, session.parallel) : undefined;
	if (other) throw otherContent(other.partNumber);
	return sent.missingIn(parts);
}

/** Creates the error for something that repeatedly answers in place of the storage. */
function notStored(parts: number[]): UploadError {
	const named = parts.slice(0, NAMED).join(', ');
	const more = parts.length > NAMED ? ', …' : '';
	return ownError({
		title: 'The storage does not have all parts of the file that were sent',
		description: `A proxy or a login page may have received them instead, so nothing was completed. Check the proxy of the n8n server, and exempt the storage from it if possible. Missing: part ${named}${more}.`,
		outcome: 'notSent',
		code: 'PARTS_MISSING',
		step: 'putPart',
		details: { partNumber: parts[0], missing: parts.length },
	});
}
