import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { holdPort } from '../../services/core/ports';
import { until } from '../../until';
import { startDaemon, type Daemon } from '../daemon';
import { mustRun, tail } from '../process';
import type { Programs } from './debian';

/** A private Redis or PostgreSQL: own folder, own port, own password. */
export interface Database {
	port: number;
	password: string;
	stop(): Promise<void>;
}

/** The name of PostgreSQL's superuser and of the database that n8n gets. */
export const POSTGRES_USER = 'postgres';

/** Starts a Redis that keeps nothing on disk. */
export async function startRedis({ redisServer }: Programs, folder: string): Promise<Database> {
	await mkdir(folder, { recursive: true });
	const port = await holdPort();
	const password = newPassword();
	const args = ['--bind', '127.0.0.1', '--port', String(port), '--dir', folder];
	args.push('--requirepass', password, '--save', '', '--appendonly', 'no');
	const daemon = startDaemon(redisServer, args, { env: process.env });
	const answers = async () => (await ask(port, `AUTH ${password}\r\n`)).startsWith('+OK');
	await untilItAnswers('Redis', daemon, answers);
	return { port, password, stop: async () => await daemon.stop() };
}

/** Starts a PostgreSQL with an empty cluster. */
export async function startPostgres(
	{ initdb, postgres }: Programs,
	folder: string,
): Promise<Database> {
	const user = unprivilegedUser();
	const home = await homeFor(user, folder);
	const data = join(home, 'data');
	const port = await holdPort();
	const password = newPassword();
	const passwordFile = join(home, 'password');
	await writeFile(passwordFile, password, { mode: 0o600 });
	if (user) chownSync(passwordFile, user.uid, user.gid);
	const options = ['-U', POSTGRES_USER, '-A', 'scram-sha-256', `--pwfile=${passwordFile}`];
	options.push('-E', 'UTF8', '--no-locale', '--no-sync');
	const how = { cwd: home, env: process.env, user };
	await mustRun('initdb', initdb, ['-D', data, ...options], how);

	const settings = [`port=${port}`, 'listen_addresses=127.0.0.1', 'unix_socket_directories='];
	// What a power cut would lose is of no interest here.
	settings.push('fsync=off', 'max_connections=100');
	const args = ['-D', data, ...settings.flatMap((setting) => ['-c', setting])];
	// SIGINT is PostgreSQL's "end now, in order"; at SIGTERM it would wait for its clients.
	const daemon = startDaemon(postgres, args, { ...how, stopSignal: 'SIGINT' });
	const ready = () => Promise.resolve(daemon.output().includes('ready to accept connections'));
	await untilItAnswers('PostgreSQL', daemon, ready);
	return {
		port,
		password,
		async stop() {
			await daemon.stop();
			await rm(home, { recursive: true, force: true });
		},
	};
}

async function untilItAnswers(name: string, daemon: Daemon, ready: () => Promise<boolean>) {
	try {
		await until(
			async () => {
				if (!daemon.isRunning()) throw new Error(`${name} ended\n${tail(daemon.output())}`);
				return await ready();
			},
			() => `${name} did not start\n${tail(daemon.output())}`,
			250,
		);
	} catch (error) {
		await daemon.stop();
		throw error;
	}
}

/** The answer to one line, or '' while nobody listens. */
async function ask(port: number, line: string): Promise<string> {
	return await new Promise((resolve) => {
		const socket = connect({ port, host: '127.0.0.1' }, () => socket.write(line));
		socket.setTimeout(1_000, () => socket.destroy());
		socket.once('data', (chunk) => {
			resolve(chunk.toString());
			socket.destroy();
		});
		socket.once('error', () => resolve(''));
		socket.once('close', () => resolve(''));
	});
}

/** PostgreSQL refuses to run as root: then the user of Debian's package, or nobody. */
function unprivilegedUser(): { uid: number; gid: number } | undefined {
	if (process.getuid?.() !== 0) return undefined;
	for (const name of ['postgres', 'nobody']) {
		const [uid, gid] = ['-u', '-g'].map((flag) => spawnSync('id', [flag, name]));
		if (uid.status === 0 && gid.status === 0) {
			return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
		}
	}
	throw new Error('PostgreSQL does not run as root, and there is no user postgres or nobody');
}

/** The folder, or one in the system's temporary folder when the user cannot reach it. */
async function homeFor(
	user: { uid: number; gid: number } | undefined,
	folder: string,
): Promise<string> {
	await mkdir(folder, { recursive: true });
	if (!user) return folder;
	chownSync(folder, user.uid, user.gid);
	if (spawnSync('test', ['-w', folder], user).status === 0) return folder;
	const elsewhere = await mkdtemp(join(tmpdir(), 'n8n-queue-'));
	chownSync(elsewhere, user.uid, user.gid);
	return elsewhere;
}

function newPassword(): string {
	return randomBytes(12).toString('hex');
}
