import { badInput } from '../../shared/errors';
import { MAX_PUT_SIZE } from '../../shared/oss';
import { MAX_PARTS } from '../api/upload-part';

const MIB = 2 ** 20;

/** Default part size in bytes: small enough that several parts at a time need little memory. */
const BASE_PART_SIZE = 8 * MIB;

/** Number of parts to plan for, below the limit: a part that is cut requires another one. */
const PLANNED_PARTS = 9_000;

/** Smallest part that OSS accepts, in bytes; the last part may be smaller. */
export const MIN_PART_SIZE = 100 * 1024;

/** Parts of a parallel upload must start at a multiple of the hash's block size, in bytes. */
const GRAIN = 64;

/**
 * Returns the part size for a file, in bytes.
 *
 * @param size of the file, in bytes
 * @param wanted part size in MiB; 0 to choose by file size
 * @throws {UploadError} when OSS would not accept parts of this size, or so many of them
 */
export function partSizeFor(size: number, wanted = 0): number {
	if (wanted === 0) return chosen(size);
	const bytes = Math.ceil((wanted * MIB) / GRAIN) * GRAIN;
	if (!(bytes >= MIN_PART_SIZE && bytes <= MAX_PUT_SIZE)) {
		throw badInput(
			`A part size of ${wanted} MiB is not possible`,
			'A part can have 0.1 to 5120 MiB. Enter 0 to let the node choose by file size.',
		);
	}
	if (size > bytes * MAX_PARTS) throw tooManyParts(size, wanted);
	return bytes;
}

/** Returns the number of parts; an empty file has one too. */
export function partCount(size: number, partSize: number): number {
	return Math.max(1, Math.ceil(size / partSize));
}

function chosen(size: number): number {
	if (size > MAX_PUT_SIZE * MAX_PARTS) {
		throw badInput('The file is larger than the storage accepts (48 TiB)', 'Split the file.');
	}
	const parts = size > MAX_PUT_SIZE * PLANNED_PARTS ? MAX_PARTS : PLANNED_PARTS;
	const needed = Math.ceil(size / parts / MIB) * MIB;
	return Math.min(MAX_PUT_SIZE, Math.max(BASE_PART_SIZE, needed));
}

function tooManyParts(size: number, wanted: number) {
	const least = Math.ceil(size / MAX_PARTS / MIB);
	return badInput(
		`With parts of ${wanted} MiB, the file has more than ${MAX_PARTS} parts`,
		`Enter at least ${least} in the option "Part Size", or 0 to let the node choose by file size.`,
	);
}
