import { nameOf, type FileSource } from '../../shared/binary';
import { checkFileName } from './file-name';

/** The name a file is stored under, as the service allows it. */
export function storedName(source: FileSource, given: unknown): string {
	return checkFileName(nameOf(source, given));
}
