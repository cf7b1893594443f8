import { FILE_NAME, illegalName, type NameUse } from '../../shared/binary';
import { badInput } from '../../shared/errors';
import { hasControlCharacter, hasHalfCharacter } from '../../shared/options';

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

/**
 * The service's limit for renaming; it documents none for uploads. Counted as in Java, where most
 * emoji count as two. Without this check, a name that is too long would be refused only after the
 * upload.
 */
const MAX_LENGTH = 255;

/**
 * Returns the name as the service will store it.
 *
 * @see https://open.dingtalk.com/document/development/submittal-file for the rules
 * @throws {UploadError} that says which rule the name breaks
 */
export function checkFileName(given: string, use: NameUse = FILE_NAME): string {
	const name = given.trim();
	if (name === '')
		throw badInput('The file has no name', `Enter one in ${use.where}, including the extension.`);
	const found = [...name].find((character) => character in FORBIDDEN);
	if (found !== undefined) throw illegalName(name, `it contains ${FORBIDDEN[found]}`, use);
	if (hasControlCharacter(name)) throw illegalName(name, 'it contains a control character', use);
	if (hasHalfCharacter(name)) throw illegalName(name, 'it contains half a character', use);
	if (name.endsWith('.')) throw illegalName(name, 'it ends with a full stop', use);
	if (name.length > MAX_LENGTH) {
		throw illegalName(name, `it is longer than ${MAX_LENGTH} characters`, use);
	}
	return name;
}
