import { createReadStream } from 'node:fs';
import { access, constants, stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';

import { Problem } from './problem';

/** A file to upload. */
export interface InputFile {
	name: string;
	/** Bytes. */
	size: number;
	read(): AsyncIterable<Buffer>;
}

/**
 * The files that were named on the command line.
 *
 * @throws {Problem} naming all that cannot be read, before anything starts
 */
export async function filesAt(paths: string[]): Promise<InputFile[]> {
	const looked = await Promise.all(paths.map(async (path) => await lookAt(path)));
	const wrong = looked.filter((found) => typeof found === 'string');
	if (wrong.length > 0) throw new Problem(`${wrong.join('; ')}. Nothing was uploaded.`);
	return looked.filter((found) => typeof found !== 'string');
}

/** The file, or what is wrong with it. */
async function lookAt(path: string): Promise<InputFile | string> {
	// npm starts scripts in the project's folder, but people type paths where they are
	const full = resolve(process.env.INIT_CWD ?? process.cwd(), path);
	const found = await stat(full).catch(() => undefined);
	if (!found) return `The file ${path} does not exist`;
	if (!found.isFile()) return `${path} is not a file`;
	const isReadable = await access(full, constants.R_OK).then(
		() => true,
		() => false,
	);
	if (!isReadable) return `The file ${path} cannot be read`;
	return { name: basename(full), size: found.size, read: () => createReadStream(full) };
}
