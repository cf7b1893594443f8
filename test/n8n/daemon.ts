import { spawn } from 'node:child_process';

/** A program that runs until it is told to end. */
export interface Daemon {
	pid: number;
	/** What it has printed so far: the last 400,000 characters. */
	output(): string;
	/** Resolves when it has ended, for whatever reason. */
	ended: Promise<void>;
	isRunning(): boolean;
	/** Asks it to end, and makes it end when it has not after so long; default 15 seconds. */
	stop(patienceMs?: number): Promise<void>;
	/** Ends it and the programs it started, without asking. */
	kill(): Promise<void>;
}

export interface DaemonOptions {
	env: NodeJS.ProcessEnv;
	cwd?: string;
	/** The user it runs as, when we are root. */
	user?: { uid: number; gid: number };
	/** What asks it to end; default SIGTERM. */
	stopSignal?: NodeJS.Signals;
}

const KEPT = 400_000;

/** Starts a program in a process group of its own; it ends with us at the latest. */
export function startDaemon(
	command: string,
	args: string[],
	{ env, cwd, user, stopSignal = 'SIGTERM' }: DaemonOptions,
): Daemon {
	const child = spawn(command, args, {
		stdio: ['ignore', 'pipe', 'pipe'],
		// A Ctrl+C in the terminal is ours to handle, not the program's as well.
		detached: process.platform !== 'win32',
		env,
		cwd,
		...user,
	});
	let output = '';
	const keep = (chunk: Buffer) => (output = (output + chunk.toString()).slice(-KEPT));
	child.stdout.on('data', keep);
	child.stderr.on('data', keep);

	const signal = (name: NodeJS.Signals): void => {
		if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
		try {
			if (process.platform === 'win32') child.kill(name);
			else process.kill(-child.pid, name);
		} catch {
			// Already gone.
		}
	};
	const killNow = () => signal('SIGKILL');
	process.once('exit', killNow);
	let running = true;
	const ended = new Promise<void>((resolve) => {
		const end = () => {
			running = false;
			process.off('exit', killNow);
			resolve();
		};
		child.once('error', (error) => {
			output += error.message;
			end();
		});
		child.once('close', end);
	});

	return {
		pid: child.pid ?? -1,
		output: () => output,
		ended,
		isRunning: () => running,
		async stop(patienceMs = 15_000) {
			signal(stopSignal);
			const timer = setTimeout(killNow, patienceMs);
			await ended;
			clearTimeout(timer);
		},
		async kill() {
			killNow();
			await ended;
		},
	};
}
