import type { IDataObject } from 'n8n-workflow';

import { object, string } from '../../shared/decode';
import { defined } from '../../shared/json';
import type { DingTalkClient } from './client';
import { assertHeaderSignature, headerSignature } from './header-signature';

export interface FileUploadInfoRequest {
	/** The folder, which may be the root folder of a knowledge base. */
	parentDentryUuid: string;
	/** Union ID of the operator. */
	unionId: string;
	/** The service checks it against its name rules and for conflicts. */
	name?: string;
	/** Bytes; the service checks it against the free space. */
	size?: number;
	/** ZHANGJIAKOU, SHENZHEN, SHANGHAI, SINGAPORE or UNKNOWN. */
	preferRegion?: string;
	preferIntranet?: boolean;
}

export interface FileUploadInfo {
	uploadKey: string;
	headerSignatureInfo: {
		/** The first is the preferred one. */
		resourceUrls: string[];
		/** Signed headers; sent to the storage unchanged. */
		headers: Record<string, string>;
	};
	/** The response as the service sent it. */
	raw: IDataObject;
	/** When the signed headers expire, in milliseconds since 1970 by the clock of this server. */
	expiresAt: number;
}

/**
 * Fetches the storage address for a file and the signed headers of its PUT. Changes nothing, so it
 * may be repeated. Needs the permission Storage.UploadInfo.Read.
 *
 * @see https://open.dingtalk.com/document/development/get-file-upload-information
 * @throws {UploadError} also for an address that no storage has, and for headers that no PUT may
 * carry
 */
export async function getFileUploadInfo(
	client: DingTalkClient,
	request: FileUploadInfoRequest,
): Promise<FileUploadInfo> {
	const { parentDentryUuid, unionId, name, size, preferRegion, preferIntranet } = request;
	const asked = Date.now();
	const step = 'getUploadInfo';
	const info = await client.call({
		step,
		method: 'POST',
		path: ['v2.0', 'storage', 'spaces', 'files', parentDentryUuid, 'uploadInfos', 'query'],
		query: { unionId },
		body: {
			protocol: 'HEADER_SIGNATURE',
			option: defined({
				storageDriver: 'DINGTALK',
				preCheckParam:
					name === undefined && size === undefined ? undefined : defined({ name, size }),
				preferRegion,
				preferIntranet,
			}),
		},
		effect: 'none',
		read: (answer) => readUploadInfo(answer, asked),
	});
	assertHeaderSignature(client, info.headerSignatureInfo, { step, what: 'upload' });
	return info;
}

function readUploadInfo(raw: IDataObject, asked: number): FileUploadInfo | undefined {
	const info = uploadInfo(raw);
	if (!info) return undefined;
	const { uploadKey, headerSignatureInfo } = info;
	const { resourceUrls, headers, expirationSeconds } = headerSignatureInfo;
	const expiresAt = asked + expirationSeconds * 1000;
	return { uploadKey, headerSignatureInfo: { resourceUrls, headers }, raw, expiresAt };
}

const uploadInfo = object({ uploadKey: string, headerSignatureInfo: headerSignature });
