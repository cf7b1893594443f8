import { badInput } from '../../shared/errors';
import type { DentryIds } from '../api/dentry';

/** The dentry ID of every root folder. */
const ROOT = '0';

/**
 * Refuses the root folder of a knowledge base, before anything is done to it.
 *
 * @param done what is not done with a root, in the past participle
 * @throws {UploadError}
 */
export function assertNotRoot({ dentryId }: DentryIds, done: string): void {
	if (dentryId !== ROOT) return;
	throw badInput(
		`The root folder of a knowledge base cannot be ${done}`,
		'Choose a file or folder inside of it. The knowledge base itself is managed in DingTalk.',
	);
}
