import { randomFillSync } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { IBinaryData, IDataObject, INodeExecutionData } from 'n8n-workflow';
import { Agent, request } from 'undici';

import type { EngineOptions, WorkflowJson } from '../engine';
import { chain } from '../engine/fixtures';
import { collectGarbage } from '../measure/collect-garbage';
import { dingTalkCredential, pdsCredential } from '../measure/credentials';
import { NODE, nodeParameters } from '../measure/node-parameters';
import { PDS_NODE, pdsParameters } from '../measure/pds-parameters';
import { MIB } from '../measure/places';
import { serveTasks } from '../measure/serve-tasks';
import { Engines } from './engines';
import { hashed, readThrough } from './hashing';
import { putParts } from './pds/put-parts';
import { plan } from './planning/plan-task';
import type { DownloadTask, PdsUploadTask, Task, TaskResult, UploadTask } from './tasks';
import { timed } from './timed';

/** Uploads in a process of its own; every contender runs in a process of this kind. */
const [, , dataFolder] = process.argv;
const engines = new Engines(dataFolder);
const agent = new Agent({ headersTimeout: 0, bodyTimeout: 0 });

async function perform(task: Task): Promise<TaskResult> {
	switch (task.kind) {
		case 'stage':
			return await stage(task.files);
		case 'node': {
			const parameters = nodeParameters(task.seed, task.options);
			return await runWorkflow(task, chain(START, { name: 'Node', type: NODE, parameters }));
		}
		case 'download':
			return await runDownload(task);
		case 'undiciGet':
			return await timed(async () => await bareGet(task));
		case 'helper': {
			const { seed, apiUrl, careful, batch } = task;
			const folder = seed.folders.empty.dentryUuid;
			const parameters = {
				request: { seed, apiUrl, careful, batch, folder } as unknown as IDataObject,
			};
			const upload = { name: 'Node', type: 'bench.helperUpload', parameters };
			return await runWorkflow(task, chain(START, upload));
		}
		case 'pdsNode':
			return await runPds(task);
		case 'parts':
			return await timed(async () => await putParts(task, agent));
		case 'undici':
			return await timed(async () => await bareUndici(task));
		case 'read':
			return await timed(async () => await readFile(task));
		case 'plan':
			return await plan(task, engines);
		case 'ping':
			return await timed(async () => await ping(task));
		case 'rest':
			return await timed(collectGarbage);
	}
}

const START = { name: 'Start', type: 'n8n-nodes-base.manualTrigger' };

async function runWorkflow(task: UploadTask, workflow: WorkflowJson): Promise<TaskResult> {
	return await runNode({ dingTalkApi: dingTalkCredential(task) }, workflow, task.files);
}

async function runPds({ apiUrl, seed, file, options }: PdsUploadTask): Promise<TaskResult> {
	const parameters = pdsParameters(seed, options);
	const workflow = chain(START, { name: 'Node', type: PDS_NODE, parameters });
	return await runNode({ alibabaCloudPdsApi: pdsCredential({ apiUrl, seed }) }, workflow, [file]);
}

async function runDownload({ dentry, ...place }: DownloadTask): Promise<TaskResult> {
	const parameters = { resource: 'file', operation: 'download' };
	const workflow = chain(START, { name: 'Node', type: NODE, parameters });
	return await runItems({ dingTalkApi: dingTalkCredential(place) }, workflow, [{ json: dentry }]);
}

async function runNode(
	credentials: EngineOptions['credentials'],
	workflow: WorkflowJson,
	files: IBinaryData[],
): Promise<TaskResult> {
	const input = files.map((data) => ({ json: {}, binary: { data } }));
	return await runItems(credentials, workflow, input);
}

async function runItems(
	credentials: EngineOptions['credentials'],
	workflow: WorkflowJson,
	input: INodeExecutionData[],
): Promise<TaskResult> {
	const engine = await engines.with(credentials);
	return await timed(async () => {
		const { status, error, items } = await engine.run(workflow, { input });
		if (status !== 'success') throw error ?? new Error(`The execution ended as ${status}`);
		const done = items('Node').length;
		if (done !== input.length) throw new Error(`${done} of ${input.length} files came out`);
	});
}

async function stage(wanted: Array<{ name: string; size: number }>): Promise<TaskResult> {
	const store = await engines.start({});
	const files: TaskResult['files'] = [];
	const result = await timed(async () => {
		for (const { name, size } of wanted) {
			const data = Readable.from(bytes(size), { objectMode: false });
			const mimeType = 'application/octet-stream';
			files.push(await store.storeBinary(data, { fileName: name, mimeType }));
		}
	});
	return { ...result, files };
}

/** Bytes that no layer can compress or leave out. */
function* bytes(size: number): Generator<Buffer> {
	const block = randomFillSync(Buffer.alloc(Math.min(size, MIB)));
	for (let left = size; left > 0; left -= block.length) yield block.subarray(0, left);
}

async function bareUndici(task: Extract<Task, { kind: 'undici' }>): Promise<void> {
	const { url, headers } = task.permit;
	const { size } = await stat(task.path);
	const answer = await request(url, {
		method: 'PUT',
		headers: { ...headers, 'Content-Length': String(size) },
		body: createReadStream(task.path, { highWaterMark: task.readSize }),
		dispatcher: agent,
	});
	const text = await answer.body.text();
	if (answer.statusCode !== 200) throw new Error(`HTTP ${answer.statusCode} ${text}`);
}

async function bareGet(task: Extract<Task, { kind: 'undiciGet' }>): Promise<void> {
	const { url, headers } = task.permit;
	const answer = await request(url, { headers, dispatcher: agent });
	const file = createWriteStream(task.path);
	if (task.hash) await pipeline(hashed(answer.body, task.hash), file);
	else await pipeline(answer.body, file);
	if (answer.statusCode !== 200) throw new Error(`HTTP ${answer.statusCode}`);
}

async function readFile({ path, readSize, hash }: Extract<Task, { kind: 'read' }>): Promise<void> {
	await readThrough(createReadStream(path, { highWaterMark: readSize }), hash);
}

async function ping({ apiUrl, seed, count }: Extract<Task, { kind: 'ping' }>): Promise<void> {
	const { appKey, appSecret } = seed.app;
	for (let done = 0; done < count; done++) {
		const { body } = await request(`${apiUrl}/v1.0/oauth2/accessToken`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ appKey, appSecret }),
			dispatcher: agent,
		});
		await body.text();
	}
}

serveTasks(perform);
