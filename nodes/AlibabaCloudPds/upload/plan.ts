import { badInput } from '../../shared/errors';
import { MAX_PUT_SIZE } from '../../shared/oss';
import { MAX_PARTS } from '../api/upload-part';

const MIB = 2 ** 20;

/** Small enough that some parts at a time need little memory: bytes. */
const BASE_PART_SIZE = 8 * MIB;

/** A plan stays below the limit, because a part that was cut needs another one. */
const PLANNED_PARTS = 9_000;

/** OSS' limit of a part; the last may be smaller: bytes. */
export const MIN_PART_SIZE = 100 * 1024;

/** Parts that are uploaded in any order begin where a block of the hash does: bytes. */
const GRAIN = 64;

/**
 * The size of the parts of a file.
 *
 * @param size of the file, bytes
 * @param wanted MiB; 0 to choose by the size of the file
 * @throws {UploadError} when OSS would not take parts of this size, or not as many
 */
export function partSizeFor(size: number, wanted = 0): number {
	if (wanted === 0) return chosen(size);
	const bytes = Math.ceil((wanted * MIB) / GRAIN) * GRAIN;
	if (!(bytes >= MIN_PART_SIZE && bytes <= MAX_PUT_SIZE)) {
		throw badInput(
			`A part size of ${wanted} MiB is not possible`,
			'A part may have 0.1 to 5120 MiB. Enter 0 to have it chosen by the size of the file.',
		);
	}
	if (size > bytes * MAX_PARTS) throw tooManyParts(size, wanted);
	return bytes;
}

/** Parts of a file; an empty file has one as well. */
export function partCount(size: number, partSize: number): number {
	return Math.max(1, Math.ceil(size / partSize));
}

function chosen(size: number): number {
	if (size > MAX_PUT_SIZE * MAX_PARTS) {
		throw badInput('The file is larger than the storage takes (48 TiB)', 'Split the file.');
	}
	const parts = size > MAX_PUT_SIZE * PLANNED_PARTS ? MAX_PARTS : PLANNED_PARTS;
	const needed = Math.ceil(size / parts / MIB) * MIB;
	return Math.min(MAX_PUT_SIZE, Math.max(BASE_PART_SIZE, needed));
}

function tooManyParts(size: number, wanted: number) {
	const least = Math.ceil(size / MAX_PARTS / MIB);
	return badInput(
		`With parts of ${wanted} MiB the file has more than ${MAX_PARTS} parts`,
		`Enter at least ${least} in the option "Part Size", or 0 to have it chosen by the size of the file.`,
	);
}
