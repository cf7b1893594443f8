import { at, id, map, object, optional, string, text, type Decoder } from '../../shared/decode';
import { nameKey } from '../../shared/name-key';
import type { DingTalkClient } from './client';
import type { DentryIds } from './dentry';

export interface CreateFolderRequest {
	/** The folder in which to create the new one. */
	parent: DentryIds;
	name: string;
	/** Union ID. */
	unionId: string;
}

export interface CreatedFolder {
	dentryUuid: string;
	/** Set when the response contains them. */
	ids?: DentryIds;
	/** Whether a file already has that name. */
	isFile: boolean;
	/** Where the answer tells it. */
	name?: string;
}

/**
 * Creates a folder. Returns what already has that name, even if another run created it meanwhile.
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
		read: at(
			'dentry',
			map(createdFolder, (folder) => (isNamed(folder, name) ? folder : undefined)),
		),
	});
}

const createdFolder: Decoder<CreatedFolder> = map(
	object({
		uuid: string,
		type: optional(text),
		name: optional(text),
		id: optional(id),
		spaceId: optional(id),
	}),
	({ uuid: dentryUuid, type, name, id: dentryId, spaceId }) => {
		const ids = spaceId !== undefined && dentryId !== undefined && { spaceId, dentryId };
		return { dentryUuid, name, isFile: type === 'FILE', ...(ids && { ids }) };
	},
);

/** An answer about another folder tells nothing of the one that was asked for. */
function isNamed({ name: given }: CreatedFolder, name: string): boolean {
	return given === undefined || nameKey(given.trim()) === nameKey(name.trim());
}
