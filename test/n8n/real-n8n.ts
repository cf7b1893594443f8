import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { holdPort } from '../services/core/ports';
import { n8nEnv } from './env';
import type { N8nInstall } from './install';
import { mustRun, npm, run, tail } from './process';
import { startServer, type RunningServer } from './server';

/** A credential as `n8n import:credentials` reads it; n8n encrypts `data`. */
export interface CredentialFile {
	id: string;
	name: string;
	type: string;
	data: Record<string, unknown>;
}

interface Connection {
	node: string;
	type: string;
	index: number;
}

/** A workflow as the editor exports it. */
export interface WorkflowFile {
	id: string;
	name: string;
	nodes: Array<{
		name: string;
		type: string;
		parameters: Record<string, unknown>;
		credentials?: Record<string, { id: string; name: string }>;
		[key: string]: unknown;
	}>;
	/** Source node → kind of connection → output → targets. */
	connections: Record<string, Record<string, Array<Connection[] | null>>>;
	settings?: Record<string, unknown>;
	[key: string]: unknown;
}

/** A file as n8n's run data has it: with an id, its bytes are in n8n's binary store. */
export interface RunBinary {
	id?: string;
	fileName?: string;
	mimeType: string;
	/** Base64; with an id, the name of the store. */
	data: string;
}

/** An item as n8n's run data has it. */
export interface RunItem {
	// What services answer; the checks look into it at will.
	// eslint-disable-next-line @typescript-eslint/no-explicit-any
	json: Record<string, any>;
	binary?: Record<string, RunBinary>;
	pairedItem?: unknown;
}

/** What came of a workflow. */
export interface Execution {
	exitCode: number;
	/** n8n's execution record; undefined when none was printed. */
	data?: {
		status: string;
		data: {
			resultData: {
				runData: Record<string, Array<{ data?: Record<string, Array<RunItem[] | null>> }>>;
				error?: { message: string; description?: string };
				lastNodeExecuted?: string;
			};
		};
	};
	/** All that n8n printed. */
	output: string;
	/** The items of a node's last run, first output of the main connection unless told. */
	items(nodeName: string, output?: number, connection?: string): RunItem[];
	/** The error the execution ended with, or what n8n printed when it did not get that far. */
	error?: string;
}

/** An n8n with a data folder of its own. */
export interface RealN8n {
	userFolder: string;
	/** Installs a community package the way n8n's own installer does. */
	installPackage(tarballPath: string): Promise<void>;
	importCredentials(list: CredentialFile[]): Promise<void>;
	importWorkflows(list: WorkflowFile[]): Promise<void>;
	/** Runs a workflow without the server; `env` adds to the environment of this run. */
	execute(workflowId: string, env?: Record<string, string>): Promise<Execution>;
	/** The bytes of a file in memory or on disk, read without the help of n8n. */
	bytesOf(binary: RunBinary): Promise<Buffer>;
	/** Starts the editor and its server. */
	start(port: number): Promise<RunningServer>;
}

export interface RealN8nOptions {
	/** Where this n8n keeps its database, key, nodes and files. */
	userFolder: string;
	env?: Record<string, string>;
}

/** Prepares an n8n in `userFolder`, which may be new or of an earlier run. */
export async function createRealN8n(
	install: N8nInstall,
	{ userFolder, env: extraEnv = {} }: RealN8nOptions,
): Promise<RealN8n> {
	const env = { ...n8nEnv(userFolder, install), ...extraEnv };
	await mkdir(join(userFolder, 'tmp'), { recursive: true });

	/** n8n's task broker takes a port even for a single command. */
	const withBroker = async (more: Record<string, string> = {}) => ({
		...env,
		N8N_RUNNERS_BROKER_PORT: String(await holdPort()),
		...more,
	});

	const importList = async (command: string, list: unknown[]) => {
		const file = join(userFolder, 'tmp', `${command.replace(':', '-')}.json`);
		await writeFile(file, JSON.stringify(list));
		const args = [install.n8nBin, command, `--input=${file}`];
		await mustRun(`n8n ${command}`, install.nodePath, args, { env: await withBroker() });
		await rm(file);
	};

	return {
		userFolder,
		installPackage: async (tarballPath) =>
			await installPackage(install, join(userFolder, '.n8n', 'nodes'), tarballPath),
		importCredentials: async (list) => await importList('import:credentials', list),
		importWorkflows: async (list) =>
			await importList(
				'import:workflow',
				list.map((workflow) => ({ versionId: workflow.id, active: false, ...workflow })),
			),
		async execute(workflowId, more) {
			const args = [install.n8nBin, 'execute', `--id=${workflowId}`, '--rawOutput'];
			const { exitCode, stdout, stderr } = await run(install.nodePath, args, {
				env: await withBroker(more),
				timeoutMs: 5 * 60_000,
			});
			return readExecution(exitCode, stdout, stdout + stderr);
		},
		async bytesOf({ id, data }) {
			if (!id) return Buffer.from(data, 'base64');
			const [store, path] = id.split(/:(.*)/s);
			if (!store.startsWith('filesystem')) throw new Error(`The store ${store} is not read here`);
			// n8n 1.x has another name for its folder of files.
			const folders = ['storage', 'binaryData'].map((name) => join(userFolder, '.n8n', name));
			const folder = folders.find((each) => existsSync(each)) ?? folders[0];
			return await readFile(join(folder, path));
		},
		start: async (port) => await startServer(install, await withBroker(), port),
	};
}

/**
 * What n8n's installer does after `npm pack` (community-packages.service, downloadPackage):
 * unpack, keep only the runtime dependencies, install those with its flags, note it down.
 * n8n loads whatever package it finds in that folder. A node finds n8n's own `n8n-workflow` by
 * NODE_PATH, which is asked last; the copy of this project, which is around the folder, must not
 * come before it.
 */
async function installPackage(
	n8n: N8nInstall,
	nodesFolder: string,
	tarballPath: string,
): Promise<void> {
	const modules = join(nodesFolder, 'node_modules');
	await mkdir(modules, { recursive: true });
	const peer = join(modules, 'n8n-workflow');
	await rm(peer, { force: true });
	await symlink(join(n8n.folder, 'node_modules', 'n8n-workflow'), peer, 'junction');
	const unpacked = await mkdtemp(join(nodesFolder, 'unpack-'));
	try {
		await mustRun('tar', 'tar', ['-xzf', tarballPath, '-C', unpacked, '--strip-components=1']);
		const manifestPath = join(unpacked, 'package.json');
		const { devDependencies, peerDependencies, optionalDependencies, ...manifest } = JSON.parse(
			await readFile(manifestPath, 'utf8'),
		);
		void [devDependencies, peerDependencies, optionalDependencies];
		await writeFile(manifestPath, JSON.stringify(manifest, null, 2));
		const flags = [
			'--audit=false',
			'--fund=false',
			'--bin-links=false',
			'--install-strategy=shallow',
			'--ignore-scripts=true',
			'--package-lock=false',
		];
		await npm('npm install of the package', ['install', ...flags, '--loglevel=error'], {
			cwd: unpacked,
		});
		const target = join(modules, manifest.name);
		await rm(target, { recursive: true, force: true });
		await mkdir(dirname(target), { recursive: true });
		await rename(unpacked, target);
		const listPath = join(nodesFolder, 'package.json');
		const list = JSON.parse(
			await readFile(listPath, 'utf8').catch(() => '{"name":"installed-nodes","private":true}'),
		);
		list.dependencies = { ...list.dependencies, [manifest.name]: manifest.version };
		await writeFile(listPath, JSON.stringify(list, null, 2));
	} finally {
		await rm(unpacked, { recursive: true, force: true });
	}
}

/** Finds the execution's JSON among the lines n8n logs before and after it. */
function readExecution(exitCode: number, stdout: string, output: string): Execution {
	const start = stdout.search(/^\{$/m);
	const end = stdout.lastIndexOf('\n}');
	let data: Execution['data'];
	if (start >= 0 && end > start) {
		try {
			data = JSON.parse(stdout.slice(start, end + 2));
		} catch {
			// Not the record; `error` below shows what was printed.
		}
	}
	const result = data?.data.resultData;
	// n8n 1.123 at times is killed (-1) while it exits, its record out: its expression engine
	// (isolated-vm) was just making a spare isolate.
	const failed = exitCode > 0 || !result || result.error;
	return {
		exitCode,
		data,
		output,
		items: (name, index = 0, connection = 'main') =>
			result?.runData[name]?.at(-1)?.data?.[connection]?.[index] ?? [],
		error: failed ? (result?.error?.message ?? tail(output)) : undefined,
	};
}
