import type { Logger } from 'n8n-workflow';

import type { FileSource } from '../shared/binary';
import { assertStorageUrl, putWithPermit, type Permit } from '../shared/oss';
import type { DingTalkClient } from './api/client';
import {
	getResourceUploadInfo,
	type ResourceUploadInfo,
	type ResourceUploadInfoRequest,
} from './api/get-resource-upload-info';

export interface ResourceUploadRequest {
	source: Pick<FileSource, 'size' | 'open'>;
	info: ResourceUploadInfoRequest;
	/** Milliseconds without progress. */
	timeout: number;
	signal?: AbortSignal;
	logger?: Logger;
}

type ResourcePermit = Permit & { info: ResourceUploadInfo };

/** Life of an upload URL that does not tell it; the documentation does not either: milliseconds. */
const DEFAULT_LIFE = 15 * 60_000;

/** Uploads a resource of a document: upload info, PUT. There is nothing to commit. */
export async function uploadResource(
	client: DingTalkClient,
	{ source, info, timeout, signal, logger }: ResourceUploadRequest,
): Promise<ResourceUploadInfo> {
	const ask = async () => await askForPermit(client, info);
	const { permit } = await putWithPermit(source, {
		permit: await ask(),
		renew: ask,
		transport: client.transport,
		step: 'uploadResource',
		fileName: info.resourceName,
		timeout,
		signal,
		logger,
	});
	return permit.info;
}

async function askForPermit(
	client: DingTalkClient,
	request: ResourceUploadInfoRequest,
): Promise<ResourcePermit> {
	const step = 'getResourceUploadInfo';
	const info = await getResourceUploadInfo(client, request);
	assertStorageUrl(info.uploadUrl, { trusted: client.credentials.region === 'custom', step });
	// The signature of this URL covers the media type, unlike the signed headers of a file upload.
	const headers = { 'Content-Type': request.mediaType };
	const target = { url: info.uploadUrl, headers, signedWith: 'url' as const };
	return { info, target, expiresAt: expiryOf(info.uploadUrl) };
}

function expiryOf(uploadUrl: string): number {
	const seconds = Number(new URL(uploadUrl).searchParams.get('Expires'));
	return seconds > 0 ? seconds * 1000 : Date.now() + DEFAULT_LIFE;
}
