import type { Logger } from 'n8n-workflow';

import type { FileSource } from '../shared/binary';
import { putWithPermit, type Permit } from '../shared/oss';
import type { Turn } from '../shared/turns';
import type { DingTalkClient } from './api/client';
import { commitFile, type CommitOptions, type Dentry } from './api/commit-file';
import { getFileUploadInfo, type FileUploadInfoRequest } from './api/get-file-upload-info';
import { headerSignedTarget } from './storage-permit';

export interface UploadRequest {
	source: Pick<FileSource, 'size' | 'open'>;
	/** `size` and `name` are those of the file. */
	info: FileUploadInfoRequest & { name: string; size: number };
	commit: CommitOptions;
	/** Milliseconds without progress. */
	timeout: number;
	signal?: AbortSignal;
	logger?: Logger;
	/** Commits of files with the same name in the same folder keep the order of the items. */
	turn?: Turn;
}

export interface UploadedFile {
	dentry: Dentry;
	uploadKey: string;
	bytes: number;
	eTag?: string;
	requestId?: string;
	attempts: number;
}

type StoragePermit = Permit & { uploadKey: string };

/**
 * The whole upload: upload info, PUT, commit. What is committed is the upload key whose bytes were
 * stored, also when the info had to be renewed on the way.
 */
export async function uploadFile(
	client: DingTalkClient,
	{ source, info, commit, timeout, signal, logger, turn }: UploadRequest,
): Promise<UploadedFile> {
	const ask = async () => await askForPermit(client, info);
	const { permit, bytes, eTag, requestId, attempts } = await putWithPermit(source, {
		permit: await ask(),
		renew: ask,
		transport: client.transport,
		step: 'uploadToOss',
		fileName: info.name,
		timeout,
		signal,
		logger,
	});
	const { uploadKey } = permit;
	const { parentDentryUuid, unionId, name } = info;
	const option = { ...commit, size: bytes };
	if (turn) await client.transport.orCancelled(turn.comes, signal);
	const dentry = await commitFile(client, { parentDentryUuid, unionId, uploadKey, name, option });
	return { dentry, uploadKey, bytes, eTag, requestId, attempts };
}

async function askForPermit(
	client: DingTalkClient,
	request: FileUploadInfoRequest,
): Promise<StoragePermit> {
	const { uploadKey, headerSignatureInfo, expiresAt } = await getFileUploadInfo(client, request);
	const { headers } = headerSignatureInfo;
	const [url] = headerSignatureInfo.resourceUrls;
	return { uploadKey, expiresAt, target: headerSignedTarget(url, headers) };
}
