import { recover } from '../../shared/errors';
import type { ErrorText } from '../../shared/service';
import type { DingTalkClient } from './client';
import type { DentryIds } from './dentry';
import { FILE_NOT_THERE } from './call-texts';
import { ERROR_TEXTS } from './error-catalog';
import { begunTask } from './get-task';

/** What codes mean for this call. */
export const DELETING: Record<string, ErrorText> = {
	...FILE_NOT_THERE,
	permissionDenied: {
		title: 'The operator may not delete this',
		description:
			'Only owners and managers may. Give the operator the role Manager on this file or folder in DingTalk, or choose another operator.',
	},
	operationNotSupported: ERROR_TEXTS.recycleBinNotSupportForSpace,
};

export interface DeleteRequest extends DentryIds {
	/** Union ID. */
	unionId: string;
	/** The service's default is false: for good. */
	toRecycleBin: boolean;
}

/**
 * Deletes a file, or a folder with everything in it. Needs the permission Storage.File.Write.
 *
 * Twice leaves the same as once, so the call is repeated when its answer is lost. The repetition is
 * then refused with dentryNotExist if the first call was carried out, which is a success; at the
 * first call the same code is an error.
 *
 * @returns the ID of a task if the service goes on after its answer
 * @see https://open.dingtalk.com/document/development/delete-a-file-or-folder
 */
export async function deleteDentry(
	client: DingTalkClient,
	{ spaceId, dentryId, unionId, toRecycleBin }: DeleteRequest,
): Promise<{ taskId?: string }> {
	const remove = async () =>
		await client.call({
			step: 'deleteFile',
			texts: DELETING,
			method: 'DELETE',
			path: ['v1.0', 'storage', 'spaces', spaceId, 'dentries', dentryId],
			query: { unionId, toRecycleBin },
			effect: 'idempotent',
			read: begunTask,
		});
	return await recover(remove, (error) => {
		const { code, outcome } = error.facts;
		return outcome === 'unknown' && code === 'dentryNotExist' ? {} : error;
	});
}
