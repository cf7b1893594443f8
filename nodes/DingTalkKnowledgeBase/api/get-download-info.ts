import { at } from '../../shared/decode';
import { defined } from '../../shared/json';
import type { SignedTarget } from '../../shared/oss';
import type { DingTalkClient } from './client';
import type { DentryIds } from './dentry';
import { DOWNLOADING } from './call-texts';
import { assertHeaderSignature, headerSignature } from './header-signature';

export interface DownloadInfoRequest extends DentryIds {
	/** Union ID of the operator. */
	unionId: string;
	/** Default: the newest one. */
	version?: number;
	preferIntranet?: boolean;
}

/**
 * Fetches the storage address of a file and the signed headers of its GET. Changes nothing, so it
 * may be repeated; of an archived file it makes the service bring it back. Needs the permission
 * Storage.DownloadInfo.Read; internal apps only.
 *
 * @see https://open.dingtalk.com/document/development/obtains-the-download-information-about-a-file
 * @throws {UploadError} also for an address that no storage has, and for headers that no GET may
 * carry
 */
export async function getDownloadInfo(
	client: DingTalkClient,
	{ spaceId, dentryId, unionId, version, preferIntranet }: DownloadInfoRequest,
): Promise<SignedTarget> {
	const asked = Date.now();
	const step = 'getDownloadInfo';
	const option = defined({ version, preferIntranet });
	const signature = await client.call({
		step,
		texts: DOWNLOADING,
		method: 'POST',
		path: [
			...['v1.0', 'storage', 'spaces', spaceId, 'dentries', dentryId],
			...['downloadInfos', 'query'],
		],
		query: { unionId },
		body: Object.keys(option).length > 0 ? { option } : {},
		effect: 'none',
		read: at('headerSignatureInfo', headerSignature),
	});
	assertHeaderSignature(client, signature, { step, what: 'download' });
	const { resourceUrls, headers, expirationSeconds } = signature;
	const expiresAt = asked + expirationSeconds * 1000;
	return { url: resourceUrls[0], headers, signedWith: 'headers', expiresAt };
}
