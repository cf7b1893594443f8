import type {
	IDataObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	INodeExecutionData,
	INodeType,
} from 'n8n-workflow';

import { describe, properties } from '../engine/stand-ins/describe';
import type { SEED } from '../services/dingtalk';

interface Request {
	apiUrl: string;
	seed: typeof SEED;
	folder: string;
	careful: boolean;
	/** Files at a time; the next ones wait until all of these are stored, as in HTTP Request's batches. */
	batch?: number;
}

interface UploadInfo {
	uploadKey: string;
	headerSignatureInfo: { resourceUrls: string[]; headers: Record<string, string> };
}

/**
 * The same upload as a node author would write it with n8n's own `httpRequest`: token once, then
 * info, PUT and commit, item by item. Without the empty Content-Type the storage refuses the
 * signature, so that much care is always taken.
 */
export class HelperUpload implements INodeType {
	description = describe('helperUpload', 'Helper Upload', {
		properties: properties({ request: {} }),
	});

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const request = this.getNodeParameter('request', 0) as unknown as Request;
		const token = await accessToken(this, request);
		const { batch = 1 } = request;
		const results: INodeExecutionData[] = [];
		const items = [...this.getInputData().keys()];
		for (let start = 0; start < items.length; start += batch) {
			const upload = async (item: number) => ({
				json: await uploadItem(this, item, request, token),
				pairedItem: { item },
			});
			results.push(...(await Promise.all(items.slice(start, start + batch).map(upload))));
		}
		return [results];
	}
}

async function accessToken(context: IExecuteFunctions, { apiUrl, seed }: Request): Promise<string> {
	const { appKey, appSecret } = seed.app;
	const answer = (await context.helpers.httpRequest({
		method: 'POST',
		url: `${apiUrl}/v1.0/oauth2/accessToken`,
		body: { appKey, appSecret },
		json: true,
	})) as { accessToken: string };
	return answer.accessToken;
}

async function uploadItem(
	context: IExecuteFunctions,
	item: number,
	{ apiUrl, seed, folder, careful }: Request,
	token: string,
): Promise<IDataObject> {
	const post = async <T>(path: string, body: IDataObject) =>
		(await context.helpers.httpRequest({
			method: 'POST',
			url: `${apiUrl}${path}?unionId=${seed.operator.unionId}`,
			headers: { 'x-acs-dingtalk-access-token': token },
			body,
			json: true,
		})) as T;
	const { id = '', fileName: name = 'file' } = context.helpers.assertBinaryData(item, 'data');
	const info = await post<UploadInfo>(`/v2.0/storage/spaces/files/${folder}/uploadInfos/query`, {
		protocol: 'HEADER_SIGNATURE',
	});
	const { resourceUrls, headers } = info.headerSignatureInfo;
	const care: Partial<IHttpRequestOptions> = careful
		? { disableFollowRedirect: true, timeout: 0 }
		: {};
	const { fileSize } = await context.helpers.getBinaryMetadata(id);
	await context.helpers.httpRequest({
		method: 'PUT',
		url: resourceUrls[0],
		headers: {
			...headers,
			'Content-Type': '',
			...(careful && { 'Content-Length': String(fileSize) }),
		},
		body: await context.helpers.getBinaryStream(id),
		...care,
	});
	const { uploadKey } = info;
	return await post(`/v2.0/storage/spaces/files/${folder}/commit`, { uploadKey, name });
}
