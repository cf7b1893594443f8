import type { IDataObject } from 'n8n-workflow';

import { anyText, life, list, object, record, string } from '../../shared/decode';
import { defined } from '../../shared/json';
import { assertSignedHeaders, assertStorageUrl } from '../../shared/oss';
import type { DingTalkClient } from './client';

export interface FileUploadInfoRequest {
	/** The folder, or the root of a knowledge base. */
	parentDentryUuid: string;
	/** Union id of the operator. */
	unionId: string;
	/** Checked by the service against its name rules and for conflicts. */
	name?: string;
	/** Bytes; checked against the space that is left. */
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
		/** Signed; sent to the storage exactly as they are. */
		headers: Record<string, string>;
	};
	/** The answer as the service gave it. */
	raw: IDataObject;
	/** Milliseconds since 1970. */
	expiresAt: number;
}

/** Life of the signed headers when the answer does not tell: seconds. */
const DEFAULT_LIFE = 900;

/**
 * Asks for a place for a file and for the signed headers of its PUT. Changes nothing, so it may be
 * repeated. Needs the permission Storage.UploadInfo.Read.
 *
 * @see https://open.dingtalk.com/document/development/get-file-upload-information
 * @throws {UploadError} also for a place that no storage has, and for headers that no PUT may carry
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
	const { resourceUrls, headers } = info.headerSignatureInfo;
	assertStorageUrl(resourceUrls[0], { trusted: client.credentials.region === 'custom', step });
	assertSignedHeaders(headers, step);
	return info;
}

function readUploadInfo(raw: IDataObject, asked: number): FileUploadInfo | undefined {
	const info = uploadInfo(raw);
	if (!info) return undefined;
	const { uploadKey, headerSignatureInfo } = info;
	const { resourceUrls, headers, expirationSeconds } = headerSignatureInfo;
	if (resourceUrls.length === 0) return undefined;
	const expiresAt = asked + expirationSeconds * 1000;
	return { uploadKey, headerSignatureInfo: { resourceUrls, headers }, raw, expiresAt };
}

const uploadInfo = object({
	uploadKey: string,
	headerSignatureInfo: object({
		resourceUrls: list(anyText),
		headers: record(anyText),
		expirationSeconds: life(DEFAULT_LIFE),
	}),
});
