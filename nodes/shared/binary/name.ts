import { badInput, type UploadError } from '../errors';
import type { FileSource } from './source';

/** What a name belongs to, and where the user can enter another one. */
export interface NameUse {
	what: string;
	where: string;
}

export const FILE_NAME: NameUse = { what: 'file name', where: '"File Name"' };

/** Returns the name to store a file under: the given one, its own, or that of its field. */
export function nameOf({ fileName, field }: FileSource, given: unknown): string {
	const names = [given, fileName, field].map((name) => String(name ?? '').trim());
	return names.find((name) => name !== '') ?? '';
}

/** Refuses one name for several files. @throws {UploadError} */
export function checkOneName(sources: FileSource[], given: unknown): void {
	if (sources.length <= 1 || !given) return;
	throw badInput(
		`${sources.length} files are selected, but one file name is given`,
		'Leave the option "File Name" empty so that each file keeps its own name, or select a single field.',
	);
}

/** Creates the error for a name that the service would refuse. */
export function illegalName(name: string, why: string, { what, where } = FILE_NAME): UploadError {
	return badInput(
		`The ${what} "${shorten(name)}" is not allowed: ${why}`,
		`Enter another name in ${where}, for example with an expression that replaces the character.`,
		{ fileName: name },
	);
}

function shorten(name: string): string {
	const characters = [...name.replace(/\p{Cc}/gu, '\ufffd')];
	return characters.length > 80 ? `${characters.slice(0, 77).join('')}…` : characters.join('');
}
