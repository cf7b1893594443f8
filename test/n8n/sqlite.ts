import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { cacheFolder, outerEnv, run, tail, type Log } from './process';

interface BuildOptions {
	/** The folder whose `node_modules` holds sqlite3 and node-gyp. */
	folder: string;
	nodePath: string;
	/** A folder with `include/node`; without it node-gyp fetches the headers. */
	headers?: string;
	log: Log;
}

/**
 * Makes n8n's database driver usable. It is the one native part n8n cannot do without:
 * the ready-made binary if its download works, else it is compiled here.
 */
export async function buildSqlite({ folder, nodePath, headers, log }: BuildOptions): Promise<void> {
	const modules = join(folder, 'node_modules');
	const cwd = join(modules, 'sqlite3');
	const loads = async () =>
		(await run(nodePath, ['-e', 'require("sqlite3")'], { cwd: folder })).exitCode === 0;
	if (await loads()) return;

	const prebuilt = [join(modules, 'prebuild-install', 'bin.js'), '-r', 'napi'];
	await run(nodePath, prebuilt, { cwd, timeoutMs: 60_000 });
	if (await loads()) return;

	await requireCompiler();
	log('Compiling sqlite3 (once; about a minute) …');
	const args = [join(modules, 'node-gyp', 'bin', 'node-gyp.js'), 'rebuild', '-j', '2'];
	args.push(`--devdir=${join(cacheFolder, 'node-gyp')}`);
	if (headers) args.push(`--nodedir=${headers}`);
	const env = outerEnv();
	// Headers of another Node.js, set for other builds, would win over the argument.
	for (const name of Object.keys(env)) if (/^npm_config_nodedir$/i.test(name)) delete env[name];
	const { stdout, stderr } = await run(nodePath, args, { cwd, env });
	if (await loads()) return;

	const report = join(cacheFolder, 'sqlite3-build.log');
	await mkdir(cacheFolder, { recursive: true });
	await writeFile(report, stdout + stderr);
	throw new Error(
		`sqlite3 could not be compiled; the whole output is in ${report}\n${tail(stderr)}`,
	);
}

async function requireCompiler(): Promise<void> {
	if (process.platform === 'win32') return;
	const missing: string[] = [];
	for (const [command, debianPackage] of [
		[process.env.PYTHON ?? 'python3', 'python3'],
		['make', 'make'],
		[process.env.CXX ?? 'c++', 'g++'],
	]) {
		if ((await run(command, ['--version'])).exitCode !== 0) missing.push(debianPackage);
	}
	if (missing.length === 0) return;
	const how =
		process.platform === 'darwin'
			? 'xcode-select --install'
			: `apt-get install -y ${missing.join(' ')}   (or your system's like)`;
	throw new Error(
		"n8n's database driver sqlite3 could not be downloaded ready-made (github.com), " +
			`and to compile it ${missing.join(', ')} is missing:\n  ${how}`,
	);
}
