import { ApiError, paramError } from '../errors';
import { checkFields } from '../fields';
import type { Entry, Workspace } from '../tree';
import { dentryView } from '../views';
import { type ApiCall, checkRole, type Endpoint, operatorIn } from './endpoint';

/** The files and folders of a space, as storage 1.0 addresses them. */
export const DENTRIES = '/v1.0/storage/spaces/:spaceId/dentries';

/** The space in the path of a call, if the operator may do that there. */
export function spaceIn({ world, params }: ApiCall, unionId: string, wanted: 'read' | 'write') {
	const space = world.workspaces.find((one) => one.spaceId === params.spaceId);
	if (!space) throw new ApiError(404, 'spaceNotExist', '空间不存在');
	checkRole(space, unionId, wanted);
	return space;
}

/** The entry of a space with this numeric id. */
export function entryIn({ world }: ApiCall, space: Workspace, dentryId: string): Entry {
	const entry = world.tree.find((one) => one.workspace === space && one.id === dentryId);
	if (!entry) throw new ApiError(404, 'dentryNotExist', '文件不存在');
	return entry;
}

/** A folder of a space. */
export function folderIn(call: ApiCall, space: Workspace, dentryId: string): Entry {
	const { world } = call;
	const folder = world.tree.find((one) => one.workspace === space && one.id === dentryId);
	if (!folder) throw new ApiError(404, 'dentryNotExist', '父目录不存在');
	if (folder.type !== 'FOLDER') throw paramError('not a folder', 'parentId');
	return folder;
}

/** What can be asked of a file or folder. */
export const dentryEndpoints: Endpoint[] = [
	{
		name: 'getDentry',
		method: 'POST',
		path: `${DENTRIES}/:dentryId/query`,
		access: 'header',
		scope: 'Storage.File.Read',
		handle(call) {
			const unionId = operatorIn(call, 'unionId');
			const { option = {} } = checkFields(call.body, { option: { type: 'object' } });
			checkFields(
				option,
				{ appIdsForAppProperties: { type: 'array' }, withThumbnail: { type: 'boolean' } },
				'option',
			);
			const space = spaceIn(call, unionId, 'read');
			return { dentry: dentryView(entryIn(call, space, call.params.dentryId)) };
		},
	},
];
