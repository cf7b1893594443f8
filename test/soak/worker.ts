import { createHash, randomFillSync } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { INodeExecutionData } from 'n8n-workflow';

import { startEngine, type Engine, type RunResult } from '../engine';
import { pathOf } from '../measure/binary-store';
import { collectGarbage } from '../measure/collect-garbage';
import { MIB } from '../measure/places';
import { serveTasks } from '../measure/serve-tasks';
import { credentialsOf } from './credentials';
import type {
	CredentialSet,
	ExecutionOrder,
	ExecutionOutcome,
	FileOutcome,
	InnerSample,
	PlannedFile,
	Task,
	TaskResult,
	WorkerStart,
} from './messages';

/** The process that is watched: n8n's engine with the built nodes, and as little else as possible. */
const engines = new Map<CredentialSet, Engine>();
const block = randomFillSync(Buffer.alloc(MIB));
let staged = 0;

async function start({ dataFolder, ...services }: WorkerStart): Promise<void> {
	for (const name of ['good', 'noWrite', 'unreachable'] as const) {
		engines.set(
			name,
			await startEngine({ dataFolder, credentials: credentialsOf(name, services) }),
		);
	}
}

async function execute(order: ExecutionOrder): Promise<ExecutionOutcome> {
	const engine = engines.get(order.credentials) as Engine;
	const files = await Promise.all(order.files.map(async (file) => await stage(engine, file)));
	const stop = new AbortController();
	const { cancelAfter } = order;
	const button =
		cancelAfter === undefined ? undefined : setTimeout(() => stop.abort(), cancelAfter);
	try {
		if (order.pruned) await prune(engine, files);
		const options = { input: inputOf(order, files), signal: stop.signal };
		const run = await engine.run(order.workflow, options);
		return {
			status: run.status,
			files: files.map(({ outcome }) => outcome),
			...itemsOf(run, order.lastNode),
		};
	} finally {
		clearTimeout(button);
		await prune(engine, files);
	}
}

interface StagedFile {
	outcome: FileOutcome;
	data: Awaited<ReturnType<Engine['storeBinary']>>;
}

/** Writes a file into n8n's binary store and takes its checksums on the way. */
async function stage(engine: Engine, { name, size }: PlannedFile): Promise<StagedFile> {
	const sha256 = createHash('sha256');
	const sha1 = createHash('sha1');
	const stamp = ++staged;
	function* bytes() {
		for (let left = size; left > 0; left -= block.length) {
			let chunk = block.subarray(0, left);
			if (left === size && size >= 4) {
				chunk = Buffer.from(chunk);
				chunk.writeUInt32LE(stamp);
			}
			sha256.update(chunk);
			sha1.update(chunk);
			yield chunk;
		}
	}
	const content = Readable.from(bytes(), { objectMode: false });
	const data = await engine.storeBinary(content, {
		fileName: name,
		mimeType: 'application/octet-stream',
	});
	const outcome = { name, size, sha256: sha256.digest('hex'), sha1: sha1.digest('hex') };
	return { outcome, data };
}

/** n8n deletes the files of old executions; here they go at once, so that the disk does not fill. */
async function prune(engine: Engine, files: StagedFile[]): Promise<void> {
	for (const { data } of files) {
		const path = pathOf(engine.dataFolder, data);
		await rm(path, { force: true });
		await rm(`${path}.metadata`, { force: true });
	}
}

function inputOf({ inOneItem }: ExecutionOrder, files: StagedFile[]): INodeExecutionData[] {
	if (!inOneItem) return files.map(({ data }) => ({ json: {}, binary: { data } }));
	const binary = Object.fromEntries(files.map(({ data }, index) => [`file_${index}`, data]));
	return [{ json: {}, binary }];
}

function itemsOf(run: RunResult, node: string): Pick<ExecutionOutcome, 'done' | 'errors'> {
	const items = run.items(node).map(({ json }) => json);
	const failed = items.filter(({ error }) => error !== undefined);
	const thrown = run.error as (Error & { context?: { data?: { code?: string } } }) | undefined;
	const errors = failed.map(({ error, details }) => {
		return `${String(error)} [${(details as { code?: string })?.code ?? ''}]`;
	});
	if (thrown) errors.push(`${thrown.message} [${thrown.context?.data?.code ?? ''}]`);
	return { done: items.length - failed.length, errors };
}

async function sample(atRest: boolean): Promise<InnerSample> {
	if (atRest) await collectGarbage();
	const resources: Record<string, number> = {};
	for (const kind of process.getActiveResourcesInfo()) resources[kind] = (resources[kind] ?? 0) + 1;
	const { rss, heapUsed, external, arrayBuffers } = process.memoryUsage();
	return { rss, heapUsed, external, arrayBuffers, resources };
}

async function perform(task: Task): Promise<TaskResult> {
	switch (task.kind) {
		case 'start':
			await start(task.begin);
			return undefined;
		case 'execute':
			return await execute(task.order);
		case 'sample':
			return await sample(task.collectGarbage);
	}
}

serveTasks(perform);
