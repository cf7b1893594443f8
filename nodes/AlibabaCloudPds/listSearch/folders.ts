import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { badInput, recover } from '../../shared/errors';
import { locatorOf } from '../../shared/locator';
import { searchFolderTree } from '../../shared/listSearch';
import type { PdsClient } from '../api/client';
import { listFolders, ROOT_FOLDER, type FolderPage, type PdsFolder } from '../api/list-folders';
import { hasCode } from '../api/service-error';
import { isForbidden, withPicker } from './picker-context';

/** Lists the folders of the chosen drive by path, starting with its root. */
export async function searchFolders(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const wanted = { what: 'folders', scope: 'FILE.LIST' };
	return await withPicker(this, wanted, async (client) => {
		const driveId = chosenDrive(this);
		const list = async (parentFileId: string, marker?: string) => {
			const page = await listIfAllowed(client, { driveId, parentFileId, marker });
			return { folders: page.folders.map(toFolder), nextToken: page.nextMarker };
		};
		const root = () => Promise.resolve(toFolder(ROOT_FOLDER));
		return await searchFolderTree({ root, list }, filter, paginationToken);
	});
}

/** Lists a folder. Skips one below the root that the account may not see, or that is gone. */
async function listIfAllowed(
	client: PdsClient,
	request: Parameters<typeof listFolders>[1],
): Promise<FolderPage> {
	return await recover(
		async () => await listFolders(client, request),
		(error) => {
			const isRoot = request.parentFileId === ROOT_FOLDER.fileId;
			const isClosed = isForbidden(error) || hasCode(error, 'NotFound');
			return isClosed && !isRoot ? { folders: [], nextMarker: '' } : error;
		},
	);
}

function toFolder({ fileId, name }: PdsFolder) {
	return { id: fileId, name };
}

function chosenDrive(context: ILoadOptionsFunctions): string {
	const { value } = locatorOf(context.getCurrentNodeParameter('driveId'), 'Drive');
	if (value !== '') return value;
	throw badInput('No drive is chosen', 'Choose the drive first; the list shows its folders.');
}
