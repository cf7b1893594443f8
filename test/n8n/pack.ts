import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { cacheFolder, npm, projectFolder, type Log } from './process';

/**
 * Builds the project and packs it as `npm publish` would.
 * @returns the path of the tarball
 */
export async function packProject({ log = () => {} }: { log?: Log } = {}): Promise<string> {
	log('Building and packing the project …');
	await npm('npm run build', ['run', 'build'], { cwd: projectFolder });
	const target = join(cacheFolder, 'pack');
	await mkdir(target, { recursive: true });
	const own = await mkdtemp(join(target, 'pack-'));
	try {
		await npm('npm pack', ['pack', '--loglevel=error', `--pack-destination=${own}`], {
			cwd: projectFolder,
		});
		const [name] = await readdir(own);
		await rename(join(own, name), join(target, name));
		return join(target, name);
	} finally {
		await rm(own, { recursive: true, force: true });
	}
}
