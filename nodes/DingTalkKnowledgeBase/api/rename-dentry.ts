import { at, map } from '../../shared/decode';
import type { ErrorText } from '../../shared/service';
import type { DingTalkClient } from './client';
import { dentryWithIds, type DentryIds, type DentryWithIds } from './dentry';
import { FILE_NOT_THERE } from './call-texts';

/** What codes mean for this call. */
const TEXTS: Record<string, ErrorText> = {
	...FILE_NOT_THERE,
	permissionDenied: {
		title: 'The operator may not rename this',
		description:
			'Only owners and managers may. Give the operator the role Manager on this file or folder in DingTalk, or choose another operator.',
	},
	'paramError.name': {
		title: 'DingTalk does not accept the new name',
		description:
			'A name must not contain a tab or any of * " < > | / \\ and must not end with a full stop.',
	},
	dentryAlreadyExist: {
		title: 'The folder already contains something with the new name',
		description: 'Choose another name, or move or rename the other file first.',
	},
};

/**
 * Renames a file or folder. Needs the permission Storage.File.Write.
 *
 * Twice leaves the same name as once, so the call is repeated when its answer is lost. The
 * documentation does not say whether a file may be renamed to the name that it has, so that the
 * repetition may be refused with dentryAlreadyExist; the outcome is then `unknown`.
 *
 * @param request `unionId` of the operator
 * @see https://open.dingtalk.com/document/development/rename-a-file-or-folder
 */
export async function renameDentry(
	client: DingTalkClient,
	{ spaceId, dentryId, unionId, newName }: DentryIds & { unionId: string; newName: string },
): Promise<DentryWithIds> {
	return await client.call({
		step: 'renameFile',
		texts: TEXTS,
		method: 'POST',
		path: ['v1.0', 'storage', 'spaces', spaceId, 'dentries', dentryId, 'rename'],
		query: { unionId },
		body: { newName },
		effect: 'idempotent',
		read: at(
			'dentry',
			// An answer about another file tells nothing of this one.
			map(dentryWithIds, (dentry) =>
				dentry.spaceId === spaceId && dentry.id === dentryId ? dentry : undefined,
			),
		),
	});
}
