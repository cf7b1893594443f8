import type { UploadError } from '../shared/errors';

/**
 * Says of a call whose answer was lost what may have come of it.
 *
 * @param what that which may have happened, e.g. "this was copied"
 * @param advice where to look, and why
 */
export function unknownEffect(error: UploadError, what: string, advice: string): UploadError {
	return error.with({
		title: `It is unknown whether ${what}`,
		description: `The answer from DingTalk was lost (${error.facts.title}). ${advice}`,
	});
}
