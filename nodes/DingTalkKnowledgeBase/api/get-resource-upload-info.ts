import { absentAs, anyText, object, string } from '../../shared/decode';
import type { DingTalkClient } from './client';

export interface ResourceUploadInfoRequest {
	/** dentryUuid, documentId, workbookId or baseId. */
	docId: string;
	/** Union ID of the operator. */
	operatorId: string;
	/** Bytes. */
	size: number;
	/** MIME type; the PUT must carry exactly this one. */
	mediaType: string;
	resourceName: string;
}

export interface ResourceUploadInfo {
	/** Signed URL; a secret until it expires. */
	uploadUrl: string;
	resourceId: string;
	/** A path such as `/core/api/resources/img/…`, which documents refer to. */
	resourceUrl: string;
	/** When the upload URL expires, in milliseconds since 1970 by the clock of this server. */
	expiresAt: number;
}

/** Lifetime in milliseconds of an upload URL that does not tell it; it is not documented. */
const DEFAULT_LIFE = 15 * 60_000;

/**
 * Fetches the storage address for a resource of a document. Changes nothing visible, so it may be
 * repeated. Needs the permission Storage.File.Read.
 *
 * @see https://open.dingtalk.com/document/development/get-resource-upload-information
 */
export async function getResourceUploadInfo(
	client: DingTalkClient,
	{ docId, operatorId, size, mediaType, resourceName }: ResourceUploadInfoRequest,
): Promise<ResourceUploadInfo> {
	return await client.call({
		step: 'getResourceUploadInfo',
		method: 'POST',
		path: ['v1.0', 'doc', 'docs', 'resources', docId, 'uploadInfos', 'query'],
		query: { operatorId },
		body: { size, mediaType, resourceName },
		effect: 'none',
		read: ({ result }, answeredAt) => {
			const info = uploadInfo(result);
			return info && { ...info, expiresAt: Date.now() + lifeOf(info.uploadUrl, answeredAt) };
		},
	});
}

const uploadInfo = object({
	uploadUrl: anyText,
	resourceId: string,
	resourceUrl: absentAs('', string),
});

/** Returns the remaining milliseconds: the URL contains its expiry by the service's clock. */
function lifeOf(uploadUrl: string, answeredAt: number): number {
	const [, seconds] = /[?&]Expires=(\d+)/.exec(uploadUrl) ?? [];
	return seconds ? Number(seconds) * 1000 - answeredAt : DEFAULT_LIFE;
}
