import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { createHash } from 'node:crypto';

import { chain } from '../../engine/fixtures';
import {
	startEngine,
	type Engine,
	type LogEntry,
	type RunOptions,
	type RunResult,
} from '../../engine';
import {
	SEED,
	startLocalDingTalk,
	type CallName,
	type LocalDingTalk,
	type LocalDingTalkOptions,
} from '../../services/dingtalk';
import { stopwatch } from './stopwatch';

const NODE = 'Upload';
const TYPE = 'n8n-nodes-dingtalk-knowledge-base.dingTalkKnowledgeBase';

/** The local service's folder that every file goes to. */
export const FOLDER = SEED.folders.empty.dentryUuid;

export interface SceneOptions {
	service?: LocalDingTalkOptions;
	/** Changes the credential, e.g. to an address where nothing listens. */
	credential?: (service: LocalDingTalk) => IDataObject;
	/** Told each line of n8n's log. */
	onLog?: (entry: LogEntry) => void;
}

export interface UploadOptions extends RunOptions {
	/** Bytes of each file; default 64 KiB. */
	size?: number;
	/** Files, each in its own item; default 1. */
	files?: number;
	/** `options` of the node. */
	options?: IDataObject;
	operation?: 'upload' | 'uploadResource';
	/** As in n8n's node settings. */
	onError?: 'continueRegularOutput';
}

/** One upload and everything that was seen of it. */
export interface Outcome {
	result: RunResult;
	/** The node's items. */
	items: INodeExecutionData[];
	/** SHA-256 of the files that were to be uploaded. */
	hashes: string[];
	/** Milliseconds by the clock, in which it may have waited for other processes too. */
	elapsed: number;
	/** Milliseconds by its own stopwatch. */
	took: number;
}

/** A local DingTalk of its own and an engine whose credential leads to it. */
export interface Scene {
	service: LocalDingTalk;
	engine: Engine;
	upload(options?: UploadOptions): Promise<Outcome>;
	/** How many requests of each kind came, without the kinds that did not. */
	counts(): Partial<Record<CallName, number>>;
	close(): Promise<void>;
}

/** Runs the built node in n8n's engine against a service that nothing else talks to. */
export async function openScene(options: SceneOptions = {}): Promise<Scene> {
	const service = await startLocalDingTalk(options.service);
	const engine = await startUploader(
		{ apiBaseUrl: service.apiUrl, ...options.credential?.(service) },
		options.onLog,
	);
	return {
		service,
		engine,
		upload: async (uploadOptions = {}) => await upload(engine, uploadOptions),
		counts: () => {
			const counts: Partial<Record<CallName, number>> = {};
			for (const { name } of service.calls) counts[name] = (counts[name] ?? 0) + 1;
			return counts;
		},
		close: async () => {
			await engine.close();
			await service.close();
		},
	};
}

/** An engine whose credential leads to a local service. */
export async function startUploader(
	credential: IDataObject,
	onLog?: SceneOptions['onLog'],
): Promise<Engine> {
	return await startEngine({
		credentials: {
			dingTalkApi: {
				region: 'custom',
				appType: 'internal',
				appKey: SEED.app.appKey,
				appSecret: SEED.app.appSecret,
				operatorUnionId: SEED.operator.unionId,
				...credential,
			},
		},
		logger: (level, message, meta) => onLog?.({ level, message, meta }),
	});
}

/** Stores the files with the engine and runs the node on them. */
export async function upload(
	engine: Engine,
	{ size, files = 1, ...run }: UploadOptions,
): Promise<Outcome> {
	const contents = Array.from({ length: files }, (_, index) => contentOf(index, size));
	const input: INodeExecutionData[] = [];
	for (const [index, content] of contents.entries()) {
		const data = await engine.storeBinary(content, { fileName: `report-${index}.bin` });
		input.push({ json: {}, binary: { data } });
	}
	return { ...(await runUpload(engine, input, run)), hashes: contents.map(sha256) };
}

/** Runs the node on items whose files are stored already. */
export async function runUpload(
	engine: Engine,
	input: INodeExecutionData[],
	{ options, operation, onError, ...run }: Omit<UploadOptions, 'size' | 'files'>,
): Promise<Omit<Outcome, 'hashes'>> {
	const workflow = chain(
		{ name: 'Start', type: 'n8n-nodes-base.manualTrigger' },
		{ name: NODE, type: TYPE, parameters: parametersOf(operation, options), onError },
	);
	const begun = performance.now();
	const stop = stopwatch();
	const result = await engine.run(workflow, { input, ...run });
	const elapsed = performance.now() - begun;
	return { result, items: result.items(NODE), elapsed, took: stop() };
}

function parametersOf(operation: UploadOptions['operation'] = 'upload', options?: IDataObject) {
	if (operation === 'upload') {
		return { resource: 'file', operation, parent: locator(FOLDER), options };
	}
	const document = locator(SEED.documents.meetingNotes.dentryUuid);
	return { resource: 'document', operation, document, options };
}

function locator(value: string) {
	return { __rl: true, mode: 'id', value };
}

/** Bytes that differ from file to file and have no period that a shifted copy could hide in. */
function contentOf(index: number, size = 64 * 1024): Buffer {
	const block = createHash('sha512').update(`file ${index}`).digest();
	const content = Buffer.alloc(size, block);
	for (let at = 0; at + 4 <= size; at += 4096) content.writeUInt32LE(at + index, at);
	return content;
}

export function sha256(bytes: Uint8Array): string {
	return createHash('sha256').update(bytes).digest('hex');
}
