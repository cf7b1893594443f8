import { badInput } from '../errors';

/**
 * Bytes that the storage takes in one PUT, of a file or of a part.
 *
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/putobject
 */
export const MAX_PUT_SIZE = 5 * 2 ** 30;

/** @throws {UploadError} before a file is sent that the storage would refuse at its end */
export function assertFitsOnePut(size: number): void {
	if (size <= MAX_PUT_SIZE) return;
	throw badInput(
		`The file has ${(size / 2 ** 30).toFixed(2)} GB, but DingTalk takes at most 5 GB in one upload`,
		'Split or compress it, or upload it with the DingTalk client.',
		{ size },
	);
}
