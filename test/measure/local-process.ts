import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { join } from 'node:path';

import { projectFolder } from './places';

/** A local service in a process of its own. */
export interface LocalProcess<Hello> {
	/** What it says once it listens. */
	hello: Hello;
	stop(): Promise<void>;
}

/** Starts `test/services/<service>/cli.ts` with its arguments. */
export async function startLocal<Hello>(
	service: 'dingtalk' | 'pds',
	args: string[],
): Promise<LocalProcess<Hello>> {
	const cli = join(projectFolder, 'test/services', service, 'cli.ts');
	const child = spawn(process.execPath, ['--import', 'tsx', cli, ...args], {
		cwd: projectFolder,
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	const kill = () => void child.kill();
	process.once('exit', kill);
	const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
	return {
		hello: await firstLine<Hello>(child.stdout),
		stop: async () => {
			process.off('exit', kill);
			child.kill();
			await ended;
		},
	};
}

async function firstLine<T>(stream: NodeJS.ReadableStream): Promise<T> {
	for await (const line of createInterface({ input: stream })) return JSON.parse(line) as T;
	throw new Error('The local service did not start');
}

/** Sends a request and reads its JSON. @throws {Error} unless it went well */
export async function call<T>(url: string, init?: RequestInit): Promise<T> {
	const response = await fetch(url, { signal: AbortSignal.timeout(60_000), ...init });
	const text = await response.text();
	if (!response.ok) throw new Error(`${url}: HTTP ${response.status} ${text}`);
	return JSON.parse(text) as T;
}
