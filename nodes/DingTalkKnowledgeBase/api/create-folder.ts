import { at, id, map, object, optional, string, text, type Decoder } from '../../shared/decode';
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
	/** Where the answer tells it. */
	name?: string;
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
	const plain = (text: string) => text.trim().normalize('NFC').toLowerCase();
	return given === undefined || plain(given) === plain(name);
}
