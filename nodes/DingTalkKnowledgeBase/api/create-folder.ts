import type { IDataObject } from 'n8n-workflow';

import { idIn, textIn } from '../../shared/json';
import type { DingTalkClient } from './client';
import type { DentryIds } from './get-dentry-ids';

export interface CreateFolderRequest {
	/** The folder that gets the new one. */
	parent: DentryIds;
	name: string;
	/** Union id. */
	unionId: string;
}

export interface CreatedFolder {
	dentryUuid: string;
	/** Where the answer tells them. */
	ids?: DentryIds;
	/** Whether it is a file of that name which was there. */
	isFile: boolean;
}

/**
 * Makes a folder, or gives what has that name already, also when another run has made it meanwhile.
 * Needs the permission Storage.File.Write.
 *
 * @see https://open.dingtalk.com/document/development/add-folder
 */
export async function createFolder(
	client: DingTalkClient,
	{ parent: { spaceId, dentryId }, name, unionId }: CreateFolderRequest,
): Promise<CreatedFolder> {
	return await client.call({
		step: 'createFolder',
		method: 'POST',
		path: ['v1.0', 'storage', 'spaces', spaceId, 'dentries', dentryId, 'folders'],
		query: { unionId },
		body: { name, option: { conflictStrategy: 'RETURN_DENTRY_IF_EXISTS' } },
		effect: 'idempotent',
		read: ({ dentry }) => readFolder((dentry ?? {}) as IDataObject),
	});
}

function readFolder({ uuid, type, id, spaceId }: IDataObject): CreatedFolder | undefined {
	if (typeof uuid !== 'string' || uuid === '') return undefined;
	const ids = { spaceId: idIn(spaceId) ?? '', dentryId: idIn(id) ?? '' };
	const hasIds = ids.spaceId !== '' && ids.dentryId !== '';
	return { dentryUuid: uuid, isFile: textIn(type) === 'FILE', ...(hasIds && { ids }) };
}
