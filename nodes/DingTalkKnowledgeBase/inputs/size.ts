import { badInput } from '../../shared/errors';

/** A size in bytes, or undefined when none is given. */
export function readSize(given: unknown): number | undefined {
	if (given === undefined || given === null || String(given).trim() === '') return undefined;
	const size = Number(given);
	if (Number.isSafeInteger(size) && size >= 0) return size;
	throw badInput(
		'The file size is not a number of bytes',
		`"${String(given)}" was given. Enter a whole number such as 1048576, or leave it empty.`,
	);
}
