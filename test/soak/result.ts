import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { toPage, type SoakResult } from './page';
import { drawHandles, drawMemory } from './plots';
import { toCsv } from './samples';

/**
 * Writes the page with its pictures into one folder, and what was measured into another.
 */
export async function writeResult(
	result: SoakResult,
	pageFolder: string,
	rawFolder: string,
): Promise<void> {
	const images = join(pageFolder, 'images');
	await mkdir(images, { recursive: true });
	await writeFile(join(pageFolder, 'soak.md'), toPage(result));
	await writeFile(join(images, 'soak-memory.svg'), drawMemory(result.samples));
	await writeFile(join(images, 'soak-handles.svg'), drawHandles(result.samples));
	await mkdir(rawFolder, { recursive: true });
	await writeFile(join(rawFolder, 'samples.csv'), toCsv(result.samples));
	await writeFile(join(rawFolder, 'result.json'), JSON.stringify(result, undefined, 2));
}
