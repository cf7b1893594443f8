import { badInput } from '../../shared/errors';
import { LARGEST_PUT } from '../../shared/oss';

const MIB = 2 ** 20;

/** Small enough that some parts at a time need little memory: bytes. */
const BASE_PART_SIZE = 8 * MIB;

/** OSS takes no more; a plan stays below it, because a part that was cut needs another one. */
const MOST_PARTS = 10_000;
const PLANNED_PARTS = 9_000;

/** OSS' limit of a part; the last may be smaller: bytes. */
export const SMALLEST_PART = 100 * 1024;

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
	if (!(bytes >= SMALLEST_PART && bytes <= LARGEST_PUT)) {
		throw badInput(
			`A part size of ${wanted} MiB is not possible`,
			'A part may have 0.1 to 5120 MiB. Enter 0 to have it chosen by the size of the file.',
		);
	}
	if (size > bytes * MOST_PARTS) throw tooManyParts(size, wanted);
	return bytes;
}

/** Parts of a file; an empty file has one as well. */
export function partCount(size: number, partSize: number): number {
	return Math.max(1, Math.ceil(size / partSize));
}

function chosen(size: number): number {
	if (size > LARGEST_PUT * MOST_PARTS) {
		throw badInput('The file is larger than the storage takes (48 TiB)', 'Split the file.');
	}
	const parts = size > LARGEST_PUT * PLANNED_PARTS ? MOST_PARTS : PLANNED_PARTS;
	const needed = Math.ceil(size / parts / MIB) * MIB;
	return Math.min(LARGEST_PUT, Math.max(BASE_PART_SIZE, needed));
}

function tooManyParts(size: number, wanted: number) {
	const least = Math.ceil(size / MOST_PARTS / MIB);
	return badInput(
		`With parts of ${wanted} MiB the file has more than ${MOST_PARTS} parts`,
		`Enter at least ${least} in the option "Part Size", or 0 to have it chosen by the size of the file.`,
	);
}
