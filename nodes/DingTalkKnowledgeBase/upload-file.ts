import type { Logger } from 'n8n-workflow';

import type { Content } from '../shared/binary';
import { recover, type UploadError } from '../shared/errors';
import type { Turn } from '../shared/keyed-mutex';
import { putFile, type PutFileResult, type SignedTarget } from '../shared/oss';
import type { DingTalkClient } from './api/client';
import { commitFile, type CommitOptions } from './api/commit-file';
import type { Dentry } from './api/dentry';
import { getFileUploadInfo, type FileUploadInfoRequest } from './api/get-file-upload-info';
import { issuedTwice, type Issued } from '../shared/issued';
import type { CommittedDentries } from './committed-dentries';
import { headerSignedTarget } from './signed-target';

export interface UploadRequest {
	source: Content;
	/** `size` and `name` are those of the file. */
	info: FileUploadInfoRequest & { name: string; size: number };
	commit: CommitOptions;
	/** Milliseconds without progress. */
	timeout: number;
	signal?: AbortSignal;
	logger?: Logger;
	/** What the service has issued to the files of the run. */
	issued: Issued;
	committed: CommittedDentries;
	/** The turn among files with this name in this folder; the commit waits for it. */
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

type StorageTarget = SignedTarget & { uploadKey: string };

/** Stored bytes that can be committed with the upload key of their target. */
type Stored = PutFileResult<StorageTarget> & { storedAt: number };

/**
 * Uploads a file: upload info, PUT, commit. Commits the upload key whose bytes were stored, even if
 * the upload info was renewed on the way.
 *
 * An upload key is valid for about 15 minutes. If it expires while the file waits for its turn, or
 * is refused because the PUT took too long, the file is uploaded once more.
 */
export async function uploadFile(
	client: DingTalkClient,
	request: UploadRequest,
): Promise<UploadedFile> {
	const { signal, turn } = request;
	let stored = await put(client, request);
	if (turn) await client.transport.orCancelled(turn.comes, signal);
	if (hasEndedSince(stored)) stored = await put(client, request, stored);
	const dentry = await recover(
		async () => await commit(client, request, stored),
		async (error) => {
			if (error.facts.code !== KEY_REFUSED || error.facts.outcome !== 'refused') return error;
			stored = await put(client, request, stored);
			return await recover(
				async () => await commit(client, request, stored),
				(second) => (second.facts.code === KEY_REFUSED ? tooSlow(second, stored) : second),
			);
		},
	);
	const { target, bytes, eTag, requestId, attempts } = stored;
	return { dentry, uploadKey: target.uploadKey, bytes, eTag, requestId, attempts };
}

const KEY_REFUSED = 'paramError.uploadKey';

async function put(
	client: DingTalkClient,
	{ source, info, timeout, signal, logger, issued }: UploadRequest,
	before?: Stored,
): Promise<Stored> {
	const ask = async () => {
		const target = await askForTarget(client, info);
		const isOwn = issued.take(source, target.uploadKey, target.url);
		if (!isOwn) throw issuedTwice('DingTalk', 'getUploadInfo');
		return target;
	};
	const result = await putFile(source, {
		target: await ask(),
		renew: ask,
		transport: client.transport,
		step: 'uploadToOss',
		fileName: info.name,
		timeout,
		signal,
		logger,
	});
	const attempts = result.attempts + (before?.attempts ?? 0);
	return { ...result, attempts, storedAt: Date.now() };
}

/**
 * Whether the key has expired since the PUT. One that had expired before the PUT ended may outlive
 * its signature: the commit will tell.
 */
function hasEndedSince({ target: { expiresAt }, storedAt }: Stored): boolean {
	return storedAt < expiresAt && expiresAt <= Date.now();
}

async function commit(
	client: DingTalkClient,
	{ info, commit: options, timeout, committed }: UploadRequest,
	{ target: { uploadKey }, bytes }: Stored,
): Promise<Dentry> {
	const { parentDentryUuid, unionId, name } = info;
	const option = { ...options, size: bytes };
	const request = { parentDentryUuid, unionId, uploadKey, name, option, timeout };
	const isOwn = (dentry: Dentry) => committed.take(dentry, request);
	return await commitFile(client, { ...request, isOwn });
}

function tooSlow(error: UploadError, { target: { expiresAt }, storedAt }: Stored): UploadError {
	if (storedAt < expiresAt) return error;
	return error.with({
		title: 'The upload took longer than DingTalk keeps an upload key',
		description:
			'A key is valid for about 15 minutes, and the file took longer, twice. Lower "Max Concurrency" to give each file more bandwidth, or use a server with a faster connection.',
	});
}

async function askForTarget(
	client: DingTalkClient,
	request: FileUploadInfoRequest,
): Promise<StorageTarget> {
	const { uploadKey, headerSignatureInfo, expiresAt } = await getFileUploadInfo(client, request);
	const { headers } = headerSignatureInfo;
	const [url] = headerSignatureInfo.resourceUrls;
	return { uploadKey, ...headerSignedTarget(url, headers, { expiresAt }) };
}
