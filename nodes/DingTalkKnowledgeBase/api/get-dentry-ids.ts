import { id, object } from '../../shared/decode';
import type { DingTalkClient } from './client';

/** The IDs by which the calls of storage 1.0 identify a file or folder. */
export interface DentryIds {
	spaceId: string;
	/** 0 for the root folder of a space. */
	dentryId: string;
}

/**
 * Fetches the space ID and dentry ID of a file or folder. Needs the permission
 * Document.WorkspaceDocument.Read.
 *
 * @see https://open.dingtalk.com/document/development/api-getdentryidbyuuid
 */
export async function getDentryIds(
	client: DingTalkClient,
	{ dentryUuid, operatorId }: { dentryUuid: string; operatorId: string },
): Promise<DentryIds> {
	return await client.call({
		step: 'findFolderId',
		method: 'GET',
		path: ['v2.0', 'doc', 'dentries', dentryUuid, 'queryDentryId'],
		query: { operatorId },
		effect: 'none',
		read: object({ spaceId: id, dentryId: id }),
	});
}
