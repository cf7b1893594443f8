import { badInput, recover, type UploadError } from '../../shared/errors';
import type { DingTalkClient } from '../api/client';
import { createFolder } from '../api/create-folder';
import type { Dentry, DentryIds } from '../api/dentry';
import { listNodes } from '../api/list-nodes';

export interface Folder {
	dentryUuid: string;
	/** Set when a response contained them. */
	ids?: DentryIds;
	/** What a response told of it. */
	dentry?: Dentry;
}

interface SubFolderRequest {
	parentDentryUuid: string;
	/** Fetches the parent's IDs, which only the creation of a folder needs. */
	parentIds: () => Promise<DentryIds>;
	name: string;
	unionId: string;
}

/**
 * Returns a sub-folder, and creates it if needed. Creating an existing one is harmless and takes at
 * most two calls; if the operator may not create it, the parent's contents are searched instead.
 *
 * @throws {UploadError} also when a file has that name
 */
export async function subFolder(
	client: DingTalkClient,
	{ parentIds, ...request }: SubFolderRequest,
): Promise<Folder> {
	const { name, unionId } = request;
	const made = async () => await createFolder(client, { parent: await parentIds(), name, unionId });
	const { isFile, ...folder } = await recover(made, async (error) => {
		if (error.facts.outcome !== 'refused') return error;
		const found = await findEntry(client, request).catch(() => undefined);
		return found ?? error;
	});
	if (isFile) throw notAFolder(name);
	return folder;
}

/** Maximum number of pages of 50 entries to search. */
const MAX_PAGES = 200;

async function findEntry(
	client: DingTalkClient,
	{
		parentDentryUuid: parentNodeId,
		name,
		unionId: operatorId,
	}: Omit<SubFolderRequest, 'parentIds'>,
): Promise<(Folder & { isFile: boolean }) | undefined> {
	let nextToken: string | undefined;
	let file: string | undefined;
	for (let pages = 0; pages < MAX_PAGES; pages++) {
		const page = await listNodes(client, { parentNodeId, operatorId, nextToken });
		const named = page.nodes.filter((node) => node.name === name);
		const folder = named.find(({ type }) => type === 'FOLDER');
		if (folder) {
			const { nodeId: dentryUuid } = folder;
			const dentry = { uuid: dentryUuid, name, type: 'FOLDER' };
			return { dentryUuid, dentry, isFile: false };
		}
		file ??= named[0]?.nodeId;
		nextToken = page.nextToken;
		if (!nextToken) break;
	}
	return file === undefined ? undefined : { dentryUuid: file, isFile: true };
}

function notAFolder(name: string): UploadError {
	return badInput(
		`"${name}" in the folder path is a file, not a folder`,
		'A file of that name is in its place. Choose another name in "Folder Path", or rename the file in DingTalk.',
	);
}
