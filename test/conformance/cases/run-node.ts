import type { IDataObject, INode } from 'n8n-workflow';

import { send } from '../../services/core/send';
import type { Bench, NodeRunOptions } from '../../nodes/support/bench';
import type { OfficialSdk } from '../official-sdk';

/** Runs an operation of the built node and gives its first item. */
export async function runNode(
	bench: Bench,
	operation: string,
	parameters: INode['parameters'],
	options: NodeRunOptions = {},
): Promise<IDataObject> {
	const resource = operation === 'uploadResource' ? 'document' : 'file';
	const { error, json } = await bench.run({ resource, operation, ...parameters }, options);
	if (error) throw error;
	return json[0];
}

/** The first two steps as the documentation shows them: the SDK asks, a plain PUT sends. */
export async function putBytes(
	sdk: OfficialSdk,
	folder: string,
	unionId: string,
	body: Buffer,
): Promise<string> {
	const fields = { unionId, protocol: 'HEADER_SIGNATURE' };
	const { uploadKey, headerSignatureInfo } =
		(await sdk.getFileUploadInfo(folder, fields)).body ?? {};
	const { resourceUrls = [], headers } = headerSignatureInfo ?? {};
	const put = { method: 'PUT', headers: { ...headers, 'content-type': '' }, body };
	const { status, text } = await send(resourceUrls[0], put);
	if (status !== 200) throw new Error(text);
	return uploadKey ?? '';
}
