import {
	literal,
	map,
	nextPage,
	object,
	optional,
	someOf,
	string,
	text,
	type Decoder,
} from '../../shared/decode';
import { defined } from '../../shared/json';
import type { PdsClient } from './client';

/** The largest page that the service returns. */
const PAGE_SIZE = 100;

export interface PdsFolder {
	fileId: string;
	name: string;
}

/** The root of every drive, with a name of our own. */
export const ROOT_FOLDER: PdsFolder = { fileId: 'root', name: 'Root of the drive' };

export interface FolderPage {
	folders: PdsFolder[];
	/** Empty after the last page. */
	nextMarker: string;
}

/**
 * Lists a page of the sub-folders of a folder, sorted by name. Needs the scope FILE.LIST.
 *
 * @param request `parentFileId` may be that of {@link ROOT_FOLDER}
 * @see
 * https://www.alibabacloud.com/help/en/pds/drive-and-photo-service-dev/developer-reference/api-pds-2022-03-01-listfile
 * @throws {UploadError} code `ForbiddenNoPermission`, `NotFound.Drive`, `NotFound.File`
 */
export async function listFolders(
	client: PdsClient,
	{ driveId, parentFileId, marker }: { driveId: string; parentFileId: string; marker?: string },
): Promise<FolderPage> {
	const sorted = { order_by: 'name', order_direction: 'ASC' };
	const where = { drive_id: driveId, parent_file_id: parentFileId };
	return await client.call({
		step: 'listFolders',
		method: 'POST',
		path: ['v2', 'file', 'list'],
		body: { ...where, type: 'folder', ...sorted, ...defined({ limit: PAGE_SIZE, marker }) },
		effect: 'none',
		read: map(
			object({ items: someOf(folder), next_marker: nextPage(marker) }),
			({ items: folders, next_marker: nextMarker }) => ({ folders, nextMarker }),
		),
	});
}

const folder: Decoder<PdsFolder> = map(
	object({ file_id: string, name: optional(text), type: literal('folder') }),
	({ file_id: fileId, name = fileId }) => ({ fileId, name }),
);
