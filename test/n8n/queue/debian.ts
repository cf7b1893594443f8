import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

import { run, tail, type Log } from '../process';

/** The programs the cluster needs besides n8n. */
export interface Programs {
	redisServer: string;
	initdb: string;
	postgres: string;
}

/** Debian keeps PostgreSQL's server programs out of the PATH, in a folder per version. */
const DEBIAN_POSTGRESQL = '/usr/lib/postgresql';

const PACKAGES = ['redis-server', 'postgresql'];

/** Why there can be no Redis and PostgreSQL here. */
export class NotInstallable extends Error {}

/**
 * Finds Redis and PostgreSQL, or installs Debian's packages of them.
 * @throws NotInstallable with the reason, where neither is possible
 */
export async function findOrInstallPrograms(log: Log): Promise<Programs> {
	const found = findPrograms();
	if (found) return found;
	await installPackages(log);
	const installed = findPrograms();
	if (!installed)
		throw new Error(`apt-get installed ${PACKAGES.join(' and ')}; they are not there`);
	return installed;
}

function findPrograms(): Programs | undefined {
	const onPath = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
	const redisServer = findIn(onPath, ['redis-server']);
	const postgres = [...onPath, ...debianFolders()]
		.map((folder) => ({ initdb: join(folder, 'initdb'), postgres: join(folder, 'postgres') }))
		.find(({ initdb, postgres: server }) => existsSync(initdb) && existsSync(server));
	return redisServer && postgres ? { redisServer, ...postgres } : undefined;
}

function findIn(folders: string[], names: string[]): string | undefined {
	return folders.flatMap((folder) => names.map((name) => join(folder, name))).find(existsSync);
}

/** The newest version first. */
function debianFolders(): string[] {
	if (!existsSync(DEBIAN_POSTGRESQL)) return [];
	const versions = readdirSync(DEBIAN_POSTGRESQL).sort((a, b) => Number(b) - Number(a));
	return versions.map((version) => join(DEBIAN_POSTGRESQL, version, 'bin'));
}

async function installPackages(log: Log): Promise<void> {
	const aptGet = findIn(['/usr/bin', '/bin'], ['apt-get']);
	if (!aptGet) {
		throw new NotInstallable('Redis and PostgreSQL are not installed, and there is no apt-get');
	}
	const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
	const asRoot = process.getuid?.() === 0 ? [] : ['sudo', '-n', 'DEBIAN_FRONTEND=noninteractive'];
	if (asRoot.length > 0 && (await run('sudo', ['-n', 'true'])).exitCode !== 0) {
		throw new NotInstallable(
			'Redis and PostgreSQL are not installed, and installing them takes root or sudo ' +
				`(apt-get install ${PACKAGES.join(' ')})`,
		);
	}
	log(`Installing Debian's packages ${PACKAGES.join(' and ')} …`);
	for (const args of [['update'], ['install', '-y', '--no-install-recommends', ...PACKAGES]]) {
		const [command, ...rest] = [...asRoot, aptGet, ...args];
		const { exitCode, stdout, stderr } = await run(command, rest, { env });
		if (exitCode === 0) continue;
		throw new NotInstallable(`apt-get ${args.join(' ')} failed:\n${tail(stdout + stderr, 10)}`);
	}
}
