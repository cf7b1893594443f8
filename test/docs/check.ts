import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';

import { projectFolder } from '../engine/n8n';

/** @param path in the project */
export function readPage(path: string): string {
	return readFileSync(join(projectFolder, path), 'utf8');
}

/** Compares a page with what it should be, or writes it (`npm run docs`). */
export function checkPage(path: string, wanted: string): void {
	if (process.env.DOCS === 'write') writeFileSync(join(projectFolder, path), wanted);
	expect(readPage(path)).toBe(wanted);
}
