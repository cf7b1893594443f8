import { spawn, type ChildProcess } from 'node:child_process';

import type { N8nInstall } from './install';
import { tail } from './process';

/** The account of a local editor; it listens on this machine only. */
export const OWNER = {
	email: 'owner@example.com',
	password: 'Local-n8n-1',
	firstName: 'Local',
	lastName: 'Owner',
};

/** A running editor. */
export interface RunningServer {
	url: string;
	/** The log-in. */
	email: string;
	password: string;
	/** What n8n has printed so far. */
	output(): string;
	/** Resolves when n8n ends by itself. */
	ended: Promise<void>;
	stop(): Promise<void>;
}

/** Starts `n8n start` on 127.0.0.1 and makes sure the owner account exists. */
export async function startServer(
	{ nodePath, n8nBin }: N8nInstall,
	env: Record<string, string>,
	port: number,
): Promise<RunningServer> {
	const url = `http://127.0.0.1:${port}`;
	const child = spawn(nodePath, [n8nBin, 'start'], {
		stdio: ['ignore', 'pipe', 'pipe'],
		// A Ctrl+C in the terminal is ours to handle, not n8n's as well.
		detached: process.platform !== 'win32',
		env: {
			...env,
			N8N_HOST: '127.0.0.1',
			N8N_LISTEN_ADDRESS: '127.0.0.1',
			N8N_PORT: String(port),
			N8N_EDITOR_BASE_URL: url,
			N8N_SECURE_COOKIE: 'false',
		},
	});
	let output = '';
	const keep = (chunk: Buffer) => (output = (output + chunk.toString()).slice(-200_000));
	child.stdout.on('data', keep);
	child.stderr.on('data', keep);
	const kill = () => signal(child, 'SIGKILL');
	process.once('exit', kill);
	const ended = new Promise<void>((resolve) => {
		child.once('error', (error) => {
			output += error.message;
			resolve();
		});
		child.once('close', () => {
			process.off('exit', kill);
			resolve();
		});
	});
	let running = true;
	void ended.then(() => (running = false));

	const stop = async () => {
		signal(child, 'SIGTERM');
		const timer = setTimeout(kill, 15_000);
		await ended;
		clearTimeout(timer);
	};

	try {
		await until(
			async () => {
				if (!running) throw new Error(`n8n ended at once\n${tail(output)}`);
				const response = await fetch(`${url}/rest/settings`).catch(() => undefined);
				return response?.ok === true && (await response.text()).startsWith('{');
			},
			() => `n8n did not start within 3 minutes\n${tail(output)}`,
		);
		await setUpOwner(url);
	} catch (error) {
		await stop();
		throw error;
	}
	return { url, email: OWNER.email, password: OWNER.password, output: () => output, ended, stop };
}

async function setUpOwner(url: string): Promise<void> {
	const post = async (path: string, body: unknown) =>
		await fetch(`${url}/rest/${path}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(body),
		});
	const setup = await post('owner/setup', OWNER);
	if (setup.ok) return;
	const login = await post('login', {
		emailOrLdapLoginId: OWNER.email,
		password: OWNER.password,
	});
	if (!login.ok) {
		throw new Error(
			`The owner account could not be set up (${setup.status} ${await setup.text()}) ` +
				`nor logged in to (${login.status} ${await login.text()})`,
		);
	}
}

async function until(done: () => Promise<boolean>, failed: () => string): Promise<void> {
	for (const deadline = Date.now() + 180_000; Date.now() < deadline;) {
		if (await done()) return;
		await new Promise((resolve) => setTimeout(resolve, 250));
	}
	throw new Error(failed());
}

/** Signals n8n and the task runner it started. */
function signal(child: ChildProcess, name: NodeJS.Signals): void {
	if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
	try {
		if (process.platform === 'win32') child.kill(name);
		else process.kill(-child.pid, name);
	} catch {
		// Already gone.
	}
}
