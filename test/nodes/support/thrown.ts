import { UploadError, type UploadErrorFacts } from '../../../nodes/shared/errors';

/** The facts of the {@link UploadError} that an action throws. */
export function factsOf(action: () => unknown): UploadErrorFacts {
	try {
		action();
	} catch (error) {
		if (error instanceof UploadError) return error.facts;
		throw error;
	}
	throw new Error('Nothing was thrown');
}
