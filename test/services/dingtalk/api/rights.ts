import { ApiError, permissionDenied } from '../errors';
import type { Entry, Workspace } from '../tree';
import type { ApiCall } from './endpoint';

/** Renaming, moving, copying, deleting and sharing are for managers: "Add permissions" lists them. */
export function checkManager({ roles }: Workspace, unionId: string): void {
	if (roles.get(unionId) !== 'MANAGER') throw permissionDenied();
}

/** The space with this numeric id. */
export function spaceOf({ world }: ApiCall, spaceId: unknown): Workspace {
	const space = world.workspaces.find((one) => one.spaceId === spaceId);
	if (!space) throw new ApiError(404, 'spaceNotExist', '空间不存在');
	return space;
}

/** The entry of the path of a call, for an operator who may change it. */
export function managedEntry(call: ApiCall, unionId: string): Entry {
	const { spaceId, dentryId } = call.params;
	const space = spaceOf(call, spaceId);
	const entry = call.world.tree.find((one) => one.workspace === space && one.id === dentryId);
	if (!entry) throw new ApiError(404, 'dentryNotExist', '文件不存在');
	checkManager(space, unionId);
	return entry;
}
