import { at, map } from '../../shared/decode';
import type { DingTalkClient } from './client';
import { dentryWithIds, type DentryIds, type DentryWithIds } from './dentry';
import { LOOKING_UP } from './call-texts';

/**
 * Fetches what the service tells of a file or folder: name, size in bytes, path, version, times and
 * the app's properties. Needs the permission Storage.File.Read.
 *
 * @param request `unionId` of the operator
 * @see https://open.dingtalk.com/document/development/obtain-file-or-folder-information
 */
export async function getDentry(
	client: DingTalkClient,
	{ spaceId, dentryId, unionId }: DentryIds & { unionId: string },
): Promise<DentryWithIds> {
	return await client.call({
		step: 'getFile',
		texts: LOOKING_UP,
		method: 'POST',
		path: ['v1.0', 'storage', 'spaces', spaceId, 'dentries', dentryId, 'query'],
		query: { unionId },
		body: {},
		effect: 'none',
		read: at(
			'dentry',
			// An answer about another file tells nothing of this one.
			map(dentryWithIds, (dentry) =>
				dentry.spaceId === spaceId && dentry.id === dentryId ? dentry : undefined,
			),
		),
	});
}
