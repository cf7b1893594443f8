import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { cacheFolder, npm, type Log } from './process';
import { buildSqlite } from './sqlite';

/** The n8n versions the harness knows: a folder with a package.json and a lock each. */
const SERVERS = { '2.41': 'server', '2.8': 'server-2.8', '1.123': 'server-1.123' } as const;

/** Which n8n: the newest that installs (Node.js 24), the newest for Node.js 20, the newest 1.x. */
export type N8nLine = keyof typeof SERVERS;

/** An n8n ready to run. */
export interface N8nInstall {
	/** Where its `node_modules` is. */
	folder: string;
	/** The Node.js that runs it. */
	nodePath: string;
	/** Its command line. */
	n8nBin: string;
	version: string;
	/** Of its n8n-core; n8n 1.x counts the two apart. */
	coreVersion: string;
}

export interface InstallOptions {
	log?: Log;
	/** Default: the newest. */
	line?: N8nLine;
}

/**
 * Installs n8n from its lock file into `.cache/n8n/`, once: a second call finds it there.
 * Nothing half done is ever taken for an install; it is moved into place when complete.
 */
export async function installN8n(options: InstallOptions = {}): Promise<N8nInstall> {
	const { log = () => {}, line = '2.41' } = options;
	if (!(line in SERVERS)) {
		throw new Error(`Known are n8n ${Object.keys(SERVERS).join(', ')}, not ${line}`);
	}
	const recipe = join(__dirname, SERVERS[line]);
	const stamp = await hashOf(recipe);
	const folder = join(cacheFolder, 'n8n', line);
	if ((await readOrEmpty(join(folder, 'complete'))) !== stamp) {
		await withLock(`${folder}.lock`, log, async () => {
			if ((await readOrEmpty(join(folder, 'complete'))) === stamp) return;
			await installInto(folder, recipe, stamp, log);
		});
	}
	const n8nFolder = join(folder, 'node_modules', 'n8n');
	const { version } = await manifestIn(n8nFolder);
	const { version: coreVersion } = await manifestIn(join(folder, 'node_modules', 'n8n-core'));
	const { nodePath } = findNode(folder, await enginesOf(folder));
	return { folder, nodePath, n8nBin: join(n8nFolder, 'bin', 'n8n'), version, coreVersion };
}

async function installInto(folder: string, recipe: string, stamp: string, log: Log) {
	const started = Date.now();
	const partial = `${folder}.partial`;
	await rm(partial, { recursive: true, force: true });
	await rm(folder, { recursive: true, force: true });
	await mkdir(partial, { recursive: true });
	await cp(recipe, partial, { recursive: true });
	const { dependencies } = await manifestIn(recipe);
	log(`Installing n8n ${dependencies?.n8n} (once; about 2 GB, a few minutes) …`);
	await npm('npm ci of n8n', ['ci', '--loglevel=error', '--no-progress'], {
		cwd: partial,
		timeoutMs: 45 * 60_000,
	});
	const node = findNode(partial, await enginesOf(partial));
	await buildSqlite({ folder: partial, ...node, log });
	await writeFile(join(partial, 'complete'), stamp);
	await rename(partial, folder);
	log(`n8n is installed (${Math.round((Date.now() - started) / 1000)} s)`);
}

/** The Node.js n8n asks for; the recipe's word counts, where n8n's own promises too much. */
async function enginesOf(folder: string): Promise<string> {
	const recipe = await manifestIn(folder);
	const n8n = await manifestIn(join(folder, 'node_modules', 'n8n'));
	return recipe.engines?.node ?? n8n.engines?.node ?? '';
}

interface Manifest {
	version: string;
	dependencies?: Record<string, string>;
	engines?: { node?: string };
}

async function manifestIn(folder: string): Promise<Manifest> {
	return JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Manifest;
}

/**
 * The Node.js to run n8n with: this one if n8n accepts it, else the one that came from npm
 * with n8n. `headers` is a folder with `include/node`, if there is one.
 */
function findNode(folder: string, engines: string): { nodePath: string; headers?: string } {
	const packaged = ['node', 'node-bin']
		.map((name) => join(folder, 'node_modules', `${name}-${platform()}`))
		.find((path) => existsSync(path));
	const headers = [packaged, join(dirname(process.execPath), '..')].find(
		(path) => path && existsSync(join(path, 'include', 'node', 'node_api.h')),
	);
	const oldest = Number(/>=\s*(\d+)/.exec(engines)?.[1] ?? 0);
	if (Number(process.versions.node.split('.')[0]) >= oldest) {
		return { nodePath: process.execPath, headers };
	}
	if (!packaged) {
		throw new Error(
			`n8n needs Node.js ${engines}; this is ${process.version}, and npm has no newer one ` +
				`for ${platform()}. Run this with a newer Node.js.`,
		);
	}
	const executable = process.platform === 'win32' ? 'node.exe' : 'node';
	return { nodePath: join(packaged, 'bin', executable), headers };
}

function platform(): string {
	return `${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
}

async function hashOf(recipe: string): Promise<string> {
	const hash = createHash('sha256').update(platform());
	for (const name of ['package.json', 'package-lock.json']) {
		hash.update(await readFile(join(recipe, name)));
	}
	return hash.digest('hex');
}

async function readOrEmpty(path: string): Promise<string> {
	return await readFile(path, 'utf8').catch(() => '');
}

/** Lets one process at a time install; a lock left by a dead one is taken over. */
async function withLock(path: string, log: Log, work: () => Promise<void>) {
	await mkdir(dirname(path), { recursive: true });
	for (let waiting = false; ; waiting = true) {
		try {
			await writeFile(path, String(process.pid), { flag: 'wx' });
			break;
		} catch {
			if (!isAlive(Number(await readOrEmpty(path)))) {
				await rm(path, { force: true });
				continue;
			}
			if (!waiting) log('Another process is installing n8n; waiting for it …');
			await new Promise((resolve) => setTimeout(resolve, 2000));
		}
	}
	try {
		await work();
	} finally {
		await rm(path, { force: true });
	}
}

function isAlive(pid: number): boolean {
	if (!pid) return false;
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}
