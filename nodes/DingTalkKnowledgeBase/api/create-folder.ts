import type { IDataObject } from 'n8n-workflow';

import type { DingTalkClient } from './client';

export interface CreateFolderRequest {
	/** dentryUuid of the folder that gets the new one. */
	parentDentryUuid: string;
	name: string;
	/** Union id. */
	unionId: string;
}

/**
 * Makes a folder, or gives the one of that name that is there, also when another run has made it
 * meanwhile. Needs the permissions Document.WorkspaceDocument.Read and Storage.File.Write.
 *
 * @see https://open.dingtalk.com/document/development/add-folder
 * @returns its dentryUuid
 */
export async function createFolder(
	client: DingTalkClient,
	{ parentDentryUuid, name, unionId }: CreateFolderRequest,
): Promise<string> {
	const { spaceId, dentryId } = await getDentryId(client, parentDentryUuid, unionId);
	return await client.call({
		step: 'createFolder',
		method: 'POST',
		path: ['v1.0', 'storage', 'spaces', spaceId, 'dentries', dentryId, 'folders'],
		query: { unionId },
		body: { name, option: { conflictStrategy: 'RETURN_DENTRY_IF_EXISTS' } },
		repeatable: true,
		read: ({ dentry }) => {
			const { uuid } = (dentry ?? {}) as IDataObject;
			return typeof uuid === 'string' ? uuid : undefined;
		},
	});
}

/** The old storage calls know folders by space and number. */
async function getDentryId(
	client: DingTalkClient,
	dentryUuid: string,
	operatorId: string,
): Promise<{ spaceId: string; dentryId: string }> {
	return await client.call({
		step: 'findFolderId',
		method: 'GET',
		path: ['v2.0', 'doc', 'dentries', dentryUuid, 'queryDentryId'],
		query: { operatorId },
		repeatable: true,
		read: ({ spaceId, dentryId }) =>
			isId(spaceId) && isId(dentryId)
				? { spaceId: String(spaceId), dentryId: String(dentryId) }
				: undefined,
	});
}

/** The root folder has the id 0. */
function isId(value: unknown): boolean {
	return typeof value === 'number' || (typeof value === 'string' && value !== '');
}
