import { badInput, type UploadError } from '../errors';
import type { FileSource } from './source';

/** The name to store a file under: the given one, its own, or that of its field. */
export function nameOf({ fileName, field }: FileSource, given: unknown): string {
	const names = [given, fileName, field].map((name) => String(name ?? '').trim());
	return names.find((name) => name !== '') ?? '';
}

/** The error for a name that the service would refuse. */
export function illegalName(name: string, why: string): UploadError {
	return badInput(
		`The file name "${shorten(name)}" is not allowed: ${why}`,
		'Enter another name in the option "File Name", for example with an expression that replaces the character.',
		{ fileName: name },
	);
}

function shorten(name: string): string {
	return name.length > 80 ? `${name.slice(0, 77)}…` : name;
}
