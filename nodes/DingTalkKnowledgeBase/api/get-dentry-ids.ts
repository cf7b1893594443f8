import { id, object } from '../../shared/decode';
import type { DingTalkClient } from './client';
import type { DentryIds } from './dentry';
import { LOOKING_UP } from './call-texts';

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
		step: 'findDentryId',
		texts: LOOKING_UP,
		method: 'GET',
		path: ['v2.0', 'doc', 'dentries', dentryUuid, 'queryDentryId'],
		query: { operatorId },
		effect: 'none',
		read: object({ spaceId: id, dentryId: id }),
	});
}
