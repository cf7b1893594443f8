import { copyFile, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { npm, projectFolder, run } from '../n8n/process';
import { PATTERNS, scan, type Finding } from './scan';

let folder: string;

beforeAll(async () => {
	// Some of the rules take every file for a node when they see that tests run: those of their authors.
	vi.stubEnv('NODE_ENV', 'production');
	folder = await mkdtemp(join(tmpdir(), 'packed-'));
	const pack = ['pack', '--loglevel=error', `--pack-destination=${folder}`];
	await npm('npm pack', pack, { cwd: projectFolder });
	const [tarball] = await readdir(folder);
	const unpacked = await run('tar', ['-xzf', tarball], { cwd: folder });
	expect(unpacked).toMatchObject({ exitCode: 0 });
});

afterAll(async () => {
	vi.unstubAllEnvs();
	await rm(folder, { recursive: true, force: true });
});

/** undici, and what only the transport may import. */
function isAgreed({ file, rule }: Finding): boolean {
	if (file === 'package.json') return rule === '@n8n/community-nodes/no-runtime-dependencies';
	const isTransport = /^(?:dist\/)?nodes\/shared\/transport\/[\w-]+\.[jt]s$/.test(file);
	return isTransport && rule === '@n8n/community-nodes/no-restricted-imports';
}

describe("n8n's scanner", () => {
	it.each([
		['the sources', () => scan(projectFolder, PATTERNS.source)],
		['what npm packs', () => scan(join(folder, 'package'), PATTERNS.packed)],
	])('finds nothing in %s but undici and the imports of the transport', async (_, findings) => {
		const found = await findings();
		expect(found.filter((each) => !isAgreed(each))).toEqual([]);
		const agreed = found.map(({ file, rule }) => `${file} ${rule}`);
		expect(agreed).toContain('package.json @n8n/community-nodes/no-runtime-dependencies');
		expect(found.map(({ message }) => message).join()).toContain("'undici' is not allowed");
	});

	it("finds the globals of hash-wasm's own file, which is why it is built anew", async () => {
		const own = await mkdtemp(join(folder, 'own-'));
		const file = 'sha1.umd.min.js';
		await copyFile(join(projectFolder, 'node_modules/hash-wasm/dist', file), join(own, file));
		const rules = (await scan(own, PATTERNS.packed)).map(({ rule }) => rule);
		expect(rules).toContain('@n8n/community-nodes/no-restricted-globals');
	});
});
