import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';
import { createHash } from 'node:crypto';

import { chain } from '../../../engine/fixtures';
import { startEngine, type Engine, type RunOptions, type RunResult } from '../../../engine';
import { SEED, type LocalDingTalk } from '../../../services/dingtalk';
import { stopwatch } from '../../support/stopwatch';
import { locator, START } from '../../support/workflow';

/** Full type name of the node under test. */
export const NODE = 'n8n-nodes-dingtalk-knowledge-base.dingTalkKnowledgeBase';

const NAME = 'DingTalk';

/** The local service's folder that every file goes to. */
export const FOLDER = SEED.folders.empty.dentryUuid;

/** The credential of the internal app at a service. */
export function credentialFor({ apiUrl }: Pick<LocalDingTalk, 'apiUrl'>): IDataObject {
	const { appKey, appSecret } = SEED.app;
	const operatorUnionId = SEED.operator.unionId;
	return { region: 'custom', apiBaseUrl: apiUrl, operatorUnionId, appKey, appSecret };
}

/** In a credential: the third-party app instead of the internal one. */
export const thirdParty = {
	appType: 'thirdParty',
	appKey: SEED.thirdPartyApp.suiteKey,
	appSecret: SEED.thirdPartyApp.suiteSecret,
	corpId: SEED.corpId,
	suiteTicket: SEED.thirdPartyApp.suiteTicket,
};

/** An engine with the node whose service somebody else runs. */
export async function startNode(apiUrl: string): Promise<Engine> {
	return await startEngine({ credentials: { dingTalkApi: credentialFor({ apiUrl }) } });
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
	const workflow = chain(START, {
		name: NAME,
		type: NODE,
		parameters: operation === 'uploadResource' ? uploadResourceOf(options) : uploadOf(options),
		onError,
	});
	const begun = performance.now();
	const stop = stopwatch();
	const result = await engine.run(workflow, { input, ...run });
	const elapsed = performance.now() - begun;
	return { result, items: result.items(NAME), elapsed, took: stop() };
}

/** The parameters of Upload File, into {@link FOLDER}. */
export function uploadOf(options: IDataObject = {}, more: INode['parameters'] = {}) {
	const parent = locator('id', FOLDER);
	return { resource: 'file', operation: 'upload', parent, options, ...more } as INode['parameters'];
}

/** The parameters of Upload Doc Resource, into the meeting notes. */
export function uploadResourceOf(options: IDataObject = {}, more: INode['parameters'] = {}) {
	const document = locator('id', SEED.documents.meetingNotes.dentryUuid);
	const resource = { resource: 'document', operation: 'uploadResource', document };
	return { ...resource, options, ...more } as INode['parameters'];
}

/** Bytes that differ from file to file and have no period that a shifted copy could hide in. */
function contentOf(index: number, size = 64 * 1024): Buffer {
	const block = createHash('sha512').update(`file ${index}`).digest();
	const content = Buffer.alloc(size, block);
	for (let at = 0; at + 4 <= size; at += 4096) content.writeUInt32LE(at + index, at);
	return content;
}

export function sha256(bytes: string | Uint8Array): string {
	return createHash('sha256').update(bytes).digest('hex');
}
