import { badInput } from '../../shared/errors';
import { readText } from '../../shared/options';

/** A size in bytes, or undefined when none is given. */
export function readSize(given: unknown): number | undefined {
	const text = readText(given, 'File Size');
	if (text === undefined) return undefined;
	const size = Number(text);
	if (Number.isSafeInteger(size) && size >= 0) return size;
	throw badInput(
		'The file size is not a number of bytes',
		`"${text}" was given. Enter a whole number such as 1048576, or leave it empty.`,
	);
}
