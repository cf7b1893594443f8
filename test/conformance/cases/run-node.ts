import type { IDataObject, INode } from 'n8n-workflow';

import { send } from '../../services/core/send';
import type { DingTalkRig } from '../../nodes/DingTalkKnowledgeBase/support/rig';
import type { NodeRunOptions } from '../../nodes/support/rig';
import type { OfficialSdk } from '../official-sdk';

/** Runs an operation of the built node and gives its first item. */
export async function runNode(
	rig: DingTalkRig,
	operation: string,
	parameters: INode['parameters'],
	options: NodeRunOptions = {},
): Promise<IDataObject> {
	const resource = operation === 'uploadResource' ? 'document' : 'file';
	const { error, json } = await rig.run({ resource, operation, ...parameters }, options);
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
