import { illegalName, nameOf, type FileSource } from '../../shared/binary';
import { badInput } from '../../shared/errors';
import { hasControlCharacter, hasHalfCharacter } from '../../shared/options';

/** Maximum length of a name in bytes of UTF-8. */
const MAX_LENGTH = 1024;

/**
 * Returns the name to store a file under: the given one, its own, or that of its field.
 *
 * @see
 * https://www.alibabacloud.com/help/en/pds/drive-and-photo-service-dev/developer-reference/api-pds-2022-03-01-createfile
 * for the rules
 * @throws {UploadError} that says which rule the name breaks
 */
export function fileNameOf(source: FileSource, given: unknown): string {
	const name = nameOf(source, given);
	if (!name) throw badInput('The file has no name', 'Enter one in the option "File Name".');
	if (name.includes('/')) throw illegalName(name, 'it contains a slash');
	if (hasControlCharacter(name)) throw illegalName(name, 'it contains a control character');
	if (name === '.' || name === '..') throw illegalName(name, 'it stands for a folder');
	if (hasHalfCharacter(name)) throw illegalName(name, 'it contains half a character');
	const bytes = Buffer.byteLength(name);
	if (bytes > MAX_LENGTH) throw illegalName(name, `it has ${bytes} bytes, more than ${MAX_LENGTH}`);
	return name;
}
