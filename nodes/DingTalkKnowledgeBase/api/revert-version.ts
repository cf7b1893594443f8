import { at, flag, map } from '../../shared/decode';
import type { ErrorText } from '../../shared/service';
import type { DingTalkClient } from './client';
import type { DentryIds } from './dentry';
import { FILE_NOT_THERE } from './call-texts';

/** What codes mean for this call. */
const TEXTS: Record<string, ErrorText> = {
	...FILE_NOT_THERE,
	paramError: {
		title: 'DingTalk cannot restore this version',
		description:
			'The file may have no version with this number, or be a folder or an online document. DingTalk lists the versions of a file in its details.',
	},
	permissionDenied: {
		title: 'The operator may not restore versions of this file',
		description:
			'Give the operator edit rights on this file in DingTalk, or choose another operator.',
	},
};

/**
 * Restores an earlier version of a file: its content becomes a new version, and the versions in
 * between stay. Needs the permission Storage.File.Write.
 *
 * Twice leaves two new versions, so the call is not repeated when its answer is lost.
 *
 * @param request `unionId` of the operator; `version` as the service counts them
 * @see https://open.dingtalk.com/document/development/restore-previous-versions-of-files
 */
export async function revertVersion(
	client: DingTalkClient,
	{ spaceId, dentryId, version, unionId }: DentryIds & { version: number; unionId: string },
): Promise<true> {
	const path = ['v1.0', 'storage', 'spaces', spaceId, 'dentries', dentryId];
	return await client.call({
		step: 'restoreVersion',
		texts: TEXTS,
		method: 'POST',
		path: [...path, 'versions', String(version), 'revert'],
		query: { unionId },
		effect: 'notIdempotent',
		read: at(
			'success',
			map(flag(false), (isDone) => isDone || undefined),
		),
	});
}
