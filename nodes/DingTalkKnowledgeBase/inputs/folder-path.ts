import { badInput, toUploadError } from '../../shared/errors';
import { readText } from '../../shared/options';
import type { DingTalkClient } from '../api/client';
import { createFolder } from '../api/create-folder';
import { listNodes } from '../api/list-nodes';
import { checkFileName } from './file-name';

const FOLDER_NAME = { what: 'folder name', where: 'the option "Folder Path"' };

/**
 * The names of the folders on a path such as `Invoices/2026`.
 *
 * @throws {UploadError} for a name that the service does not allow
 */
export function readFolderPath(given: unknown): string[] {
	const path = readText(given, 'Folder Path') ?? '';
	const names = path
		.split('/')
		.map((name) => name.trim())
		.filter((name) => name !== '');
	if (names.some((name) => /^\.+$/.test(name))) {
		throw badInput(
			`The folder path "${path}" has a step of dots`,
			'Enter the names of the folders below the parent folder, e.g. Invoices/2026.',
		);
	}
	return names.map((name) => checkFileName(name, FOLDER_NAME));
}

/**
 * The dentryUuid of a sub-folder: the one that is there, or a new one. Looking first costs a call
 * for each 50 entries, and needs no right to write where the folder exists.
 */
export async function findOrCreateFolder(
	client: DingTalkClient,
	request: FolderRequest,
): Promise<string> {
	const found = await findFolder(client, request);
	return found ?? (await createFolder(client, request).catch(orFound(client, request)));
}

/**
 * Pages of 50 that are looked through. What is behind them is found by making the folder: the service
 * then gives the one that is there.
 */
const MOST_PAGES = 200;

interface FolderRequest {
	parentDentryUuid: string;
	name: string;
	unionId: string;
}

async function findFolder(
	client: DingTalkClient,
	{ parentDentryUuid: parentNodeId, name, unionId: operatorId }: FolderRequest,
): Promise<string | undefined> {
	let nextToken: string | undefined;
	for (let pages = 0; pages < MOST_PAGES; pages++) {
		const page = await listNodes(client, { parentNodeId, operatorId, nextToken });
		const found = page.nodes.find((node) => node.type === 'FOLDER' && node.name === name);
		if (found) return found.nodeId;
		nextToken = page.nextToken;
		if (!nextToken) break;
	}
	return undefined;
}

/** Somebody else may have made it meanwhile. */
function orFound(client: DingTalkClient, request: FolderRequest) {
	return async (thrown: unknown): Promise<string> => {
		const error = toUploadError(thrown);
		const isThere = error.facts.code === 'dentryNameConflict';
		const found = isThere ? await findFolder(client, request) : undefined;
		if (found === undefined) throw toUploadError(error);
		return found;
	};
}
