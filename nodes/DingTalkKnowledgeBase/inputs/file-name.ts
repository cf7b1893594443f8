import { badInput } from '../../shared/errors';

const FORBIDDEN: Record<string, string> = {
	'\t': 'a tab',
	'\n': 'a line break',
	'\r': 'a line break',
	'*': '"*"',
	'"': 'a double quote',
	'<': '"<"',
	'>': '">"',
	'|': '"|"',
	'/': 'a slash',
	'\\': 'a backslash',
};

/** The service's limit for renaming; it documents none for uploads. */
const LONGEST = 255;

/**
 * The name as the service will store it.
 *
 * @see https://open.dingtalk.com/document/development/submittal-file for the rules
 * @throws {UploadError} that says which rule is broken
 */
export function checkFileName(given: string): string {
	const name = given.trim();
	if (name === '') {
		throw badInput('The file has no name', 'Enter one in the option "File Name", with extension.');
	}
	const found = [...name].find((character) => character in FORBIDDEN);
	if (found !== undefined) {
		throw illegal(name, `it contains ${FORBIDDEN[found]}`);
	}
	if (name.endsWith('.')) throw illegal(name, 'it ends with a full stop');
	if (name.length > LONGEST) throw illegal(name, `it is longer than ${LONGEST} characters`);
	return name;
}

function illegal(name: string, why: string) {
	return badInput(
		`The file name "${shorten(name)}" is not allowed: ${why}`,
		'Enter another name in the option "File Name", for example with an expression that replaces the character.',
		{ fileName: name },
	);
}

function shorten(name: string): string {
	return name.length > 80 ? `${name.slice(0, 77)}…` : name;
}
