import {
	at,
	having,
	id,
	map,
	object,
	optional,
	string,
	text,
	type Decoder,
} from '../../shared/decode';
import { nameKey } from '../../shared/name-key';
import type { ErrorText } from '../../shared/service';
import type { DingTalkClient } from './client';
import type { Dentry, DentryIds } from './dentry';

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
	/** The folder as the service gave it; IDs, where it gave any, are texts. */
	dentry: Dentry;
}

/** What codes of the service mean for a new folder. */
const CREATING: Record<string, ErrorText> = {
	permissionDenied: {
		title: 'The operator may not create folders here',
		description:
			'Give the operator edit rights on the parent folder in DingTalk, or choose another operator.',
	},
	dentryNotExist: {
		title: 'The parent folder does not exist',
		description:
			'It may have been deleted, or belong to an organisation other than that of the app. Choose the folder again.',
	},
	dentryNameIllegal: {
		title: 'DingTalk does not accept the folder name',
		description:
			'A name must not contain a tab or any of * " < > | / \\ and must not end with a full stop.',
	},
};

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
		texts: CREATING,
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

const mayTell = object({
	type: optional(text),
	name: optional(text),
	id: optional(id),
	spaceId: optional(id),
});

const createdFolder: Decoder<CreatedFolder> = map(
	having({ uuid: string }),
	({ uuid: dentryUuid, ...rest }) => {
		const { type, name, id: dentryId, spaceId } = mayTell(rest) ?? {};
		const ids = spaceId !== undefined && dentryId !== undefined && { spaceId, dentryId };
		const dentry = { uuid: dentryUuid, ...rest, ...(ids && { id: dentryId, spaceId }) } as Dentry;
		return { dentryUuid, name, isFile: type === 'FILE', dentry, ...(ids && { ids }) };
	},
);

/** An answer about another folder tells nothing of the one that was asked for. */
function isNamed({ name: given }: CreatedFolder, name: string): boolean {
	return given === undefined || nameKey(given.trim()) === nameKey(name.trim());
}
