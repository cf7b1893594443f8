import { toUploadError } from './node-error';
import { UploadError } from './upload-error';

/**
 * Does the work. A failure goes to `instead`, which gives what is to take the place of the result, or
 * the error to go on with: the same one, or the same with more said.
 *
 * @throws {UploadError} what `instead` gave
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
