import { absentAs, anyText, object, string } from '../../shared/decode';
import type { DingTalkClient } from './client';

export interface ResourceUploadInfoRequest {
	/** dentryUuid, documentId, workbookId or baseId. */
	docId: string;
	/** Union id. */
	operatorId: string;
	/** Bytes. */
	size: number;
	/** MIME type; the PUT has to carry exactly the same. */
	mediaType: string;
	resourceName: string;
}

export interface ResourceUploadInfo {
	/** Signed; a secret while it lasts. */
	uploadUrl: string;
	resourceId: string;
	/** A path such as `/core/api/resources/img/…`, which documents refer to. */
	resourceUrl: string;
	/** When the upload URL ends, milliseconds since 1970 by the clock of this server. */
	expiresAt: number;
}

/** Life of an upload URL that does not tell it; the documentation does not either: milliseconds. */
const DEFAULT_LIFE = 15 * 60_000;

/**
 * Asks for a place for a resource of a document. Changes nothing that is seen, so it may be
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

/** The URL tells its end by the clock of the service. */
function lifeOf(uploadUrl: string, answeredAt: number): number {
	const [, seconds] = /[?&]Expires=(\d+)/.exec(uploadUrl) ?? [];
	return seconds ? Number(seconds) * 1000 - answeredAt : DEFAULT_LIFE;
}
