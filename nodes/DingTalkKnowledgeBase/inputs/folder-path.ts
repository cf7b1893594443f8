import { badInput } from '../../shared/errors';
import type { DingTalkClient } from '../api/client';
import { createFolder } from '../api/create-folder';
import { listNodes } from '../api/list-nodes';
import { checkFileName } from './file-name';

/**
 * The names of the folders on a path such as `Invoices/2026`.
 *
 * @throws {UploadError} for a name that the service does not allow
 */
export function readFolderPath(given: unknown): string[] {
	const names = String(given ?? '')
		.split('/')
		.map((name) => name.trim())
		.filter((name) => name !== '');
	if (names.some((name) => /^\.+$/.test(name))) {
		throw badInput(
			`The folder path "${String(given)}" has a step of dots`,
			'Enter the names of the folders below the parent folder, e.g. Invoices/2026.',
		);
	}
	return names.map(checkFileName);
}

/**
 * The dentryUuid of a sub-folder: the one that is there, or a new one. Looking first costs a call
 * for each 50 entries, and needs no right to write where the folder exists.
 */
export async function findOrCreateFolder(
	client: DingTalkClient,
	request: { parentDentryUuid: string; name: string; unionId: string },
): Promise<string> {
	const { parentDentryUuid: parentNodeId, name, unionId: operatorId } = request;
	let nextToken: string | undefined;
	do {
		const page = await listNodes(client, { parentNodeId, operatorId, nextToken });
		const found = page.nodes.find((node) => node.type === 'FOLDER' && node.name === name);
		if (found) return found.nodeId;
		nextToken = page.nextToken;
	} while (nextToken);
	return await createFolder(client, request);
}
