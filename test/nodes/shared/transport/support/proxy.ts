import { fork, type ChildProcess } from 'node:child_process';
import { createServer, request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';

import { listen } from '../../../../services/core/listen';

/** What came through a proxy. */
interface Traffic {
	/** Absolute URLs of plain requests. */
	requests: string[];
	/** `host:port` of tunnels. */
	connects: string[];
	/** Proxy-Authorization of either, '' for none. */
	credentials: string[];
}

export interface Proxy {
	url: string;
	/** What came through since the last time it was asked. */
	take(): Traffic;
	/** Answers everything with this status from now on; 0 lets everything through again. */
	refuse(status: number): void;
	stop(): void;
}

/** Runs a TypeScript file of this folder in a process of its own. */
export function forkHere(name: string, env: NodeJS.ProcessEnv = {}): ChildProcess {
	return fork(join(__dirname, name), {
		execArgv: ['--import', 'tsx'],
		env: { ...withoutProxies(process.env), ...env },
		stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
	});
}

/** Starts a forward proxy: plain requests are passed on, CONNECT makes a tunnel. */
export async function startProxy(): Promise<Proxy> {
	let traffic = none();
	let refused = 0;
	const server = createServer((request, response) => {
		const { url = '', method } = request;
		const headers = { ...request.headers };
		traffic.requests.push(url);
		traffic.credentials.push(headers['proxy-authorization'] ?? '');
		delete headers['proxy-authorization'];
		delete headers['proxy-connection'];
		if (refused) return void response.writeHead(refused).end();
		const onward = httpRequest(url, { method, headers, agent: false }, (answer) => {
			response.writeHead(answer.statusCode ?? 502, answer.headers);
			answer.pipe(response);
		});
		onward.on('error', () => response.destroy());
		request.pipe(onward);
	});
	server.on('connect', ({ url = '', headers }, socket, head) => {
		traffic.connects.push(url);
		traffic.credentials.push(headers['proxy-authorization'] ?? '');
		if (refused) return void socket.end(`HTTP/1.1 ${refused} No\r\nContent-Length: 0\r\n\r\n`);
		const [host, port] = url.split(':');
		const onward = connect(Number(port), host, () => {
			socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
			onward.write(head);
			socket.pipe(onward).pipe(socket);
		});
		onward.on('error', () => socket.destroy());
		socket.on('error', () => onward.destroy());
	});
	return {
		url: await listen(server),
		take: () => {
			const taken = traffic;
			traffic = none();
			return taken;
		},
		refuse: (status) => void (refused = status),
		stop: () => {
			server.close();
			server.closeAllConnections();
		},
	};
}

function none(): Traffic {
	return { requests: [], connects: [], credentials: [] };
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
