import type { StoredPart } from '../api/list-uploaded-parts';
import type { PartUrls } from './part-urls';
import type { SentParts } from './sent-parts';
import type { Session, UploadTask } from './task';

/**
 * Uploads the parts of a file.
 *
 * @param stored parts that need not be sent again
 * @param sent receives each part that is stored, or should be
 * @returns SHA-1 of the file, upper-case hex
 * @throws {UploadError} also when it is stopped: it never ends early without an error
 */
export type Sender = (
	task: UploadTask,
	session: Session,
	urls: PartUrls,
	stored: StoredPart[],
	sent: SentParts,
) => Promise<string>;
