import { toUploadError } from './node-error';
import { UploadError } from './upload-error';

/**
 * Does the work, and passes a failure to `instead`, which returns either a replacement for the
 * result or the error to throw: the same one, or one that says more.
 *
 * @throws {UploadError} the error that `instead` returned
 */
export async function recover<T>(
	work: () => Promise<T>,
	instead: (error: UploadError) => T | UploadError | Promise<T | UploadError>,
): Promise<T> {
	return await work().catch(async (thrown: unknown) => {
		const result = await instead(toUploadError(thrown));
		if (result instanceof UploadError) throw result;
		return result;
	});
}
