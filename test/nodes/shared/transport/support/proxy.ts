import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

import type { FromProxy, ToProxy, Traffic } from './forward-proxy';

export interface Proxy {
	url: string;
	/** What came through since the last time it was asked. */
	take(): Promise<Traffic>;
	/** Answers everything with this status from now on; 0 lets everything through again. */
	refuse(status: number): Promise<void>;
	stop(): Promise<void>;
}

/** Runs a TypeScript file of this folder in a process of its own. */
export function forkHere(name: string, env: NodeJS.ProcessEnv = {}): ChildProcess {
	return fork(join(__dirname, name), {
		execArgv: ['--import', 'tsx'],
		env: { ...withoutProxies(process.env), ...env },
		stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
	});
}

/** Starts a real proxy process. */
export async function startProxy(): Promise<Proxy> {
	const child = forkHere('forward-proxy.ts');
	const [started] = (await once(child, 'message')) as [{ port: number }];
	const ask = async (message: ToProxy): Promise<Traffic> => {
		const answer = once(child, 'message') as Promise<[FromProxy]>;
		child.send(message);
		return ((await answer)[0] as { traffic: Traffic }).traffic;
	};
	return {
		url: `http://127.0.0.1:${started.port}`,
		take: async () => await ask({ take: true }),
		refuse: async (status) => {
			await ask({ refuse: status });
		},
		stop: async () => {
			const exited = once(child, 'exit');
			child.disconnect();
			await exited;
		},
	};
}

const NAMES = ['http_proxy', 'https_proxy', 'all_proxy', 'no_proxy'];
const isProxy = (name: string) => NAMES.includes(name.toLowerCase().replace(/^npm_config_/, ''));

export function withoutProxies(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
	return Object.fromEntries(Object.entries(env).filter(([name]) => !isProxy(name)));
}

/** Does something with exactly these proxy variables in the environment. */
export async function withProxies<T>(
	variables: Record<string, string>,
	action: () => Promise<T> | T,
): Promise<T> {
	const before = { ...process.env };
	for (const name of Object.keys(process.env)) if (isProxy(name)) delete process.env[name];
	Object.assign(process.env, variables);
	try {
		return await action();
	} finally {
		for (const name of Object.keys(process.env)) if (isProxy(name)) delete process.env[name];
		for (const [name, value] of Object.entries(before)) {
			if (isProxy(name)) process.env[name] = value;
		}
	}
}
