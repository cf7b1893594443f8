import type { IDataObject } from 'n8n-workflow';

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
}

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
		repeatable: true,
		read: ({ result }) => readUploadInfo(result as IDataObject | undefined),
	});
}

function readUploadInfo(result: IDataObject | undefined): ResourceUploadInfo | undefined {
	const { uploadUrl, resourceId, resourceUrl = '' } = result ?? {};
	const complete =
		typeof uploadUrl === 'string' &&
		typeof resourceId === 'string' &&
		typeof resourceUrl === 'string';
	return complete ? { uploadUrl, resourceId, resourceUrl } : undefined;
}
