import { mkdir, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';

import { GIB, projectFolder } from '../measure/places';

/** Everything the bench makes, removed at its end. */
export const benchFolder = join(projectFolder, '.cache', 'bench');

/** A fresh folder of n8n for the workers of one row. */
export async function freshFolder(name: string): Promise<string> {
	const folder = join(benchFolder, name);
	await rm(folder, { recursive: true, force: true });
	await mkdir(folder, { recursive: true });
	return folder;
}

/** @throws {Error} when the disk cannot take that much, with a tenth to spare */
export async function assertSpace(bytes: number): Promise<void> {
	await mkdir(benchFolder, { recursive: true });
	const { bavail, bsize } = await statfs(benchFolder);
	if (bavail * bsize > bytes * 1.1 + GIB) return;
	const needed = (bytes / GIB).toFixed(1);
	throw new Error(`The bench needs ${needed} GiB of free disk here; try --quick`);
}
