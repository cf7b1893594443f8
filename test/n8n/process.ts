import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';

/** The project folder: everything the harness makes goes to `.cache/` in it. */
export const projectFolder = join(__dirname, '..', '..');

/** Where the harness keeps what it makes; ignored by git. */
export const cacheFolder = join(projectFolder, '.cache');

/** Takes a line of progress. */
export type Log = (line: string) => void;

/** A program that ran to its end. */
export interface Finished {
	/** -1 when it could not be started, or was stopped for taking too long. */
	exitCode: number;
	stdout: string;
	stderr: string;
}

export interface RunOptions {
	cwd?: string;
	env?: NodeJS.ProcessEnv;
	/** The user it runs as, when we are root. */
	user?: { uid: number; gid: number };
	/** After so long the program is killed; default 15 minutes. */
	timeoutMs?: number;
}

/** Runs a program without standard input and collects what it prints. Never throws. */
export async function run(
	command: string,
	args: string[],
	{ cwd, env = outerEnv(), user, timeoutMs = 15 * 60_000 }: RunOptions = {},
): Promise<Finished> {
	return await new Promise((resolve) => {
		const child = spawn(command, args, {
			cwd,
			env,
			...user,
			stdio: ['ignore', 'pipe', 'pipe'],
			shell: process.platform === 'win32' && command.endsWith('.cmd'),
		});
		const stdout: Buffer[] = [];
		const stderr: Buffer[] = [];
		const kill = () => void child.kill('SIGKILL');
		const timer = setTimeout(() => {
			stderr.push(Buffer.from(`\nstopped after ${timeoutMs / 1000} s`));
			kill();
		}, timeoutMs);
		process.once('exit', kill);
		child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
		child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
		const finish = (exitCode: number) => {
			clearTimeout(timer);
			process.off('exit', kill);
			resolve({
				exitCode,
				stdout: Buffer.concat(stdout).toString(),
				stderr: Buffer.concat(stderr).toString(),
			});
		};
		child.once('error', (error) => {
			stderr.push(Buffer.from(error.message));
			finish(-1);
		});
		child.once('close', (code) => finish(code ?? -1));
	});
}

/** Like {@link run}, but a failure is an error that ends with the program's last lines. */
export async function mustRun(
	what: string,
	command: string,
	args: string[],
	options?: RunOptions,
): Promise<string> {
	const { exitCode, stdout, stderr } = await run(command, args, options);
	if (exitCode !== 0)
		throw new Error(`${what} failed (exit ${exitCode})\n${tail(stderr + stdout)}`);
	return stdout;
}

/** Runs npm: the one that runs us, else the one on the PATH. */
export async function npm(what: string, args: string[], options?: RunOptions): Promise<string> {
	const cli = process.env.npm_execpath;
	if (cli?.endsWith('npm-cli.js')) {
		return await mustRun(what, process.execPath, [cli, ...args], options);
	}
	return await mustRun(what, process.platform === 'win32' ? 'npm.cmd' : 'npm', args, options);
}

/**
 * Our environment without what npm sets for the script it runs: an npm or n8n started
 * with that would take this project for its own.
 */
export function outerEnv(): NodeJS.ProcessEnv {
	const ours = /^(npm_(package|lifecycle|command|config_local_prefix)|INIT_CWD$|NODE_ENV$)/;
	return Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name)));
}

/** The last lines of a program's output. */
export function tail(text: string, lines = 25): string {
	return text.trimEnd().split('\n').slice(-lines).join('\n');
}

/** The first port from `wanted` on that nobody listens on. */
export async function freePort(wanted: number): Promise<number> {
	for (let port = wanted; ; port++) {
		const isFree = await new Promise<boolean>((resolve) => {
			const server = createServer();
			server.once('error', () => resolve(false));
			server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
		});
		if (isFree) return port;
		if (port >= wanted + 100) throw new Error(`No free port from ${wanted} to ${port}`);
	}
}
