import type { Logger } from 'n8n-workflow';

import type { Content } from '../shared/binary';
import { issuedTwice, type Issued } from '../shared/issued';
import { assertStorageUrl, putFile, type SignedTarget } from '../shared/oss';
import type { DingTalkClient } from './api/client';
import {
	getResourceUploadInfo,
	type ResourceUploadInfo,
	type ResourceUploadInfoRequest,
} from './api/get-resource-upload-info';

export interface ResourceUploadRequest {
	source: Content;
	info: ResourceUploadInfoRequest;
	/** Milliseconds without progress. */
	timeout: number;
	signal?: AbortSignal;
	logger?: Logger;
	/** What the service has given to the files of the run. */
	issued: Issued;
}

type ResourceTarget = SignedTarget & { info: ResourceUploadInfo };

/** Uploads a resource of a document: upload info, PUT. There is nothing to commit. */
export async function uploadResource(
	client: DingTalkClient,
	{ source, info, timeout, signal, logger, issued }: ResourceUploadRequest,
): Promise<ResourceUploadInfo> {
	const ask = async () => {
		const target = await askForTarget(client, info);
		const isOwn = issued.take(source, target.info.resourceId, target.url);
		if (!isOwn) throw issuedTwice('DingTalk', 'getResourceUploadInfo');
		return target;
	};
	const { target } = await putFile(source, {
		target: await ask(),
		renew: ask,
		transport: client.transport,
		step: 'uploadResource',
		fileName: info.resourceName,
		timeout,
		signal,
		logger,
	});
	return target.info;
}

async function askForTarget(
	client: DingTalkClient,
	request: ResourceUploadInfoRequest,
): Promise<ResourceTarget> {
	const step = 'getResourceUploadInfo';
	const info = await getResourceUploadInfo(client, request);
	assertStorageUrl(info.uploadUrl, { trusted: client.credentials.region === 'custom', step });
	// The signature of this URL covers the media type, unlike the signed headers of a file upload.
	const headers = { 'Content-Type': request.mediaType };
	return { info, url: info.uploadUrl, headers, signedWith: 'url', expiresAt: info.expiresAt };
}
