import type { FileSource } from '../../shared/binary';
import { checkFileName } from './file-name';

/** The name a file is stored under: the given one, its own, or that of its field. */
export function storedName({ fileName, field }: FileSource, given: unknown): string {
	const name = [given, fileName, field].map((each) => String(each ?? '').trim()).find(Boolean);
	return checkFileName(name ?? '');
}
