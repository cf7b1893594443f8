import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { projectFolder } from '../engine';
import { troubleshooting } from './troubleshooting';

const read = async (path: string) => await readFile(join(projectFolder, path), 'utf8');

/** All Markdown pages of the project. */
async function pages(): Promise<string[]> {
	const inDocs = await readdir(join(projectFolder, 'docs'), { recursive: true });
	const docs = inDocs.filter((name) => name.endsWith('.md')).map((name) => join('docs', name));
	return ['README.md', 'README.zh-CN.md', 'CHANGELOG.md', ...docs];
}

describe('the documents', () => {
	it('explain errors in the words of the code (npm run docs)', async () => {
		expect(await read('docs/troubleshooting.md')).toBe(troubleshooting());
	});

	it('link only to files that are there', async () => {
		for (const page of await pages()) {
			const links = [...(await read(page)).matchAll(/\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)/g)];
			const broken = links
				.map(([, target]) => target)
				.filter((target) => !existsSync(join(projectFolder, dirname(page), target)));
			expect(broken, page).toEqual([]);
		}
	});
});
