import { randomFillSync } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { MIB } from '../../measure/places';
import { assertSpace } from '../places';

/** Files that n8n keeps of the large one beside it: its own copy, and one more while the next is read. */
const COPIES = 2;

/** A file on the disk, as the node Read/Write Files finds it. @returns its path */
export async function writeLargeFile(folder: string, size: number): Promise<string> {
	await assertSpace(size * (1 + COPIES));
	await mkdir(folder, { recursive: true });
	const block = randomFillSync(Buffer.alloc(MIB));
	const path = join(folder, 'large.bin');
	await writeFile(
		path,
		Array.from({ length: size / MIB }, () => block),
	);
	return path;
}

/** Files of one folder. @returns the pattern of their paths */
export async function writeSmallFiles(folder: string, count: number, size: number) {
	const own = join(folder, 'small');
	await mkdir(own, { recursive: true });
	for (let index = 0; index < count; index++) {
		await writeFile(join(own, `file-${index}.bin`), randomFillSync(Buffer.alloc(size)));
	}
	return join(own, '*.bin');
}
