import { badInput } from '../errors';

/**
 * The largest size in bytes of one PUT, of a file or of a part.
 *
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/putobject
 */
export const MAX_PUT_SIZE = 5 * 2 ** 30;

/**
 * Refuses a file that the storage would only refuse after receiving all of it.
 *
 * @throws {UploadError} for more than {@link MAX_PUT_SIZE} bytes
 */
export function assertFitsOnePut(size: number): void {
	if (size <= MAX_PUT_SIZE) return;
	throw badInput(
		`The file has ${(size / 2 ** 30).toFixed(2)} GB, but DingTalk takes at most 5 GB in one upload`,
		'Split or compress the file, or upload it with the DingTalk client.',
		{ size },
	);
}
