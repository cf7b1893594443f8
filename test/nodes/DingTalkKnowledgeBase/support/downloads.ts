import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { createHash } from 'node:crypto';

import { SEED } from '../../../services/dingtalk';
import { send } from '../../../services/core/send';
import { TestClient } from '../../../services/dingtalk/test-client';
import type { NodeRun } from '../../support/rig';
import type { DingTalkRig } from './rig';

/** A file of the knowledge base, with what Upload File gives of it. */
export interface StoredFile {
	item: INodeExecutionData;
	bytes: Buffer;
}

/** Bytes without a period in which a shifted copy could hide. */
export function bytesOf(size: number, name = 'a'): Buffer {
	const bytes = Buffer.alloc(size, createHash('sha512').update(name).digest());
	for (let at = 0; at + 4 <= size; at += 512) bytes.writeUInt32LE(at, at);
	return bytes;
}

/** Puts a file into the knowledge base, by hand. */
export async function storeFile(
	{ service }: DingTalkRig,
	name: string,
	bytes: Buffer,
): Promise<StoredFile> {
	const client = new TestClient(service);
	const folder = SEED.folders.empty.dentryUuid;
	const { uploadKey, url, headers } = await client.place(folder);
	await send(url, { method: 'PUT', headers, body: bytes });
	const { json } = await client.commit(folder, uploadKey, name, { conflictStrategy: 'OVERWRITE' });
	service.calls.length = 0;
	return { item: { json: (json as { dentry: IDataObject }).dentry }, bytes };
}

/** The bytes that an item of the node has. */
export async function bytesIn(
	{ engine }: DingTalkRig,
	run: NodeRun,
	{ index = 0, field = 'data' } = {},
): Promise<Buffer> {
	const file = run.items('DingTalk')[index].binary?.[field];
	if (!file) throw new Error(`There is no file in ${field}`);
	return await engine.readBinary(file);
}
