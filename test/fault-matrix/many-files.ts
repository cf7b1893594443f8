import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { createHash } from 'node:crypto';

import type { RunResult } from '../engine';
import type { CallName, LocalDingTalk, RecordedCall } from '../services/dingtalk';
import { openRig } from '../nodes/DingTalkKnowledgeBase/support/rig';
import { runUpload, sha256 } from '../nodes/DingTalkKnowledgeBase/support/uploads';
import { failAtRandom } from './chaos';

/** What every request has a chance of 1 in 20 to meet. */
const SHARE = 0.05;

export interface ManyFiles {
	files: number;
	seed: number;
	conflictStrategy?: string;
	onError?: 'continueRegularOutput';
}

/** An execution with many files through a service that fails at random. */
export interface Throng {
	service: LocalDingTalk;
	result: RunResult;
	items: INodeExecutionData[];
	/** SHA-256 of the files by name. */
	hashes: Map<string, string>;
	/** Requests that failed, by kind. */
	failed: Map<CallName, number>;
}

/** The file with this number: no two have the same name, bytes or size. */
function fileAt(index: number): { name: string; content: Buffer } {
	const block = createHash('sha512').update(`file ${index}`).digest();
	return { name: `file-${index}.bin`, content: Buffer.alloc(index + 1, block) };
}

/** The file of a request: the API is told its name, the storage only its size. */
function fileOf({ name, body, headers }: RecordedCall): string {
	if (name === 'ossPut') return headers['content-length'];
	const { name: own, option } = body as { name?: string; option?: IDataObject };
	const check = option?.preCheckParam as { name: string } | undefined;
	return own ?? check?.name ?? '';
}

/** Runs the node once on all the files, against a service of its own. */
export async function uploadMany<T>(
	{ files, seed, conflictStrategy, onError }: ManyFiles,
	look: (throng: Throng) => T | Promise<T>,
): Promise<T> {
	const rig = await openRig({ service: { hashes: ['md5', 'sha256'] } });
	const { service, engine } = rig;
	try {
		const failed = failAtRandom(service, { seed, share: SHARE, fileOf });
		const hashes = new Map<string, string>();
		const input: INodeExecutionData[] = [];
		for (let index = 0; index < files; index++) {
			const { name, content } = fileAt(index);
			hashes.set(name, sha256(content));
			const data = await engine.storeBinary(content, { fileName: name });
			input.push({ json: {}, binary: { data } });
		}
		const options = { maxConcurrency: 64, maxRequestsPerSecond: 1000, conflictStrategy };
		const { result, items } = await runUpload(engine, input, { options, onError });
		return await look({ service, result, items, hashes, failed });
	} finally {
		await rig.close();
	}
}
