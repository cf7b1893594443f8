import { ApiError, paramError } from '../errors';
import { checkFields } from '../fields';
import { freeName, storedName } from '../names';
import { childNamed, entriesBelow, type Entry, keepVersion } from '../tree';
import { dentryView } from '../views';
import { CONFLICT_STRATEGIES } from './commit';
import { DENTRIES } from './dentries';
import { type ApiCall, checkRole, type Endpoint, operatorIn } from './endpoint';
import { managedEntry, spaceOf } from './rights';

const text = { type: 'string', required: true } as const;

const write = { method: 'POST', access: 'header', scope: 'Storage.File.Write' } as const;

interface Transfer {
	target: Entry;
	strategy: string;
}

/** The target folder of a copy or a move, and what to do when the name is taken there. */
function transferIn(call: ApiCall, unionId: string, more: object): Transfer {
	const given = checkFields(call.body, {
		targetSpaceId: { ...text, ownCode: true },
		targetFolderId: { ...text, ownCode: true },
		option: { type: 'object' },
	});
	const conflictStrategy = { type: 'string', oneOf: CONFLICT_STRATEGIES, ownCode: true } as const;
	const option = checkFields(given.option ?? {}, { conflictStrategy, ...more }, 'option');
	const space = spaceOf(call, given.targetSpaceId);
	const target = call.world.tree.find(
		(one) => one.workspace === space && one.id === given.targetFolderId,
	);
	if (!target) throw new ApiError(404, 'dentryNotExist', '目标目录不存在');
	if (target.type !== 'FOLDER') throw paramError('not a folder', 'targetFolderId');
	checkRole(space, unionId, 'write');
	return { target, strategy: String(option.conflictStrategy ?? 'AUTO_RENAME') };
}

/**
 * The name for an entry in the folder, which may be that of another one; or what is there already
 * and stays. That a file may be in the way of itself is UNCONFIRMED: it is the worst that a client
 * can meet that moves a file twice.
 */
function nameIn({ target, strategy }: Transfer, { name }: Entry): { name: string; kept?: Entry } {
	const existing = childNamed(target, name);
	if (!existing) return { name };
	switch (strategy) {
		case 'RETURN_ERROR_IF_EXISTS':
			throw new ApiError(400, 'dentryAlreadyExist', '同名文件已存在');
		case 'RETURN_DENTRY_IF_EXISTS':
			return { name, kept: existing };
		case 'OVERWRITE':
			return { name };
		default:
			return { name: freeName(name, (one) => childNamed(target, one) !== undefined) };
	}
}

/** Takes what is overwritten away. */
function makeRoom({ world }: ApiCall, target: Entry, name: string, entry: Entry): void {
	const existing = childNamed(target, name);
	if (existing && existing !== entry) world.tree.remove(existing);
}

function copyBelow(call: ApiCall, from: Entry, to: Entry, unionId: string): void {
	for (const child of from.children) {
		copyBelow(call, child, addCopy(call, child, to, child.name, unionId), unionId);
	}
}

function addCopy(call: ApiCall, of: Entry, parent: Entry, name: string, unionId: string): Entry {
	const { type, size, storageDriver, stored } = of;
	const { workspace } = parent;
	const createdAt = call.world.settings.now();
	const content = { type, size, storageDriver, stored };
	return call.world.tree.add({
		workspace,
		parent,
		name,
		creatorId: unionId,
		createdAt,
		...content,
	});
}

/** What changes files and folders where they are, or brings them elsewhere. */
export const changeEndpoints: Endpoint[] = [
	{
		...write,
		name: 'renameDentry',
		path: `${DENTRIES}/:dentryId/rename`,
		handle(call) {
			const { newName } = checkFields(call.body, { newName: text });
			const unionId = operatorIn(call, 'unionId');
			if (call.params.dentryId === '0') throw paramError('a root has no name', 'dentryId');
			const entry = managedEntry(call, unionId);
			const name = storedName(String(newName));
			if (name === undefined) throw paramError('newName is not allowed', 'name');
			const existing = entry.parent && childNamed(entry.parent, name);
			// Whether a file is in the way of itself is UNCONFIRMED.
			if (existing) throw new ApiError(400, 'dentryAlreadyExist', '同名文件已存在');
			const modifiedAt = call.world.settings.now();
			Object.assign(entry, { name, modifierId: unionId, modifiedAt });
			return { dentry: dentryView(entry) };
		},
	},
	{
		...write,
		name: 'copyDentry',
		path: `${DENTRIES}/:dentryId/copy`,
		handle(call) {
			const unionId = operatorIn(call, 'unionId');
			const transfer = transferIn(call, unionId, {});
			const entry = managedEntry(call, unionId);
			const { target } = transfer;
			if (entriesBelow(entry).includes(target)) throw paramError('inside', 'targetFolderId');
			const { name, kept } = nameIn(transfer, entry);
			if (kept) return { dentry: dentryView(kept), async: false };
			makeRoom(call, target, name, entry);
			const copy = addCopy(call, entry, target, name, unionId);
			// Only what has something in it is a task.
			const below = entriesBelow(entry).length;
			if (below === 1) return { dentry: dentryView(copy), async: false };
			const task = call.world.tasks.begin(below, () => copyBelow(call, entry, copy, unionId));
			return { dentry: dentryView(copy), ...task };
		},
	},
	{
		...write,
		name: 'moveDentry',
		path: `${DENTRIES}/:dentryId/move`,
		handle(call) {
			const unionId = operatorIn(call, 'unionId');
			const transfer = transferIn(call, unionId, { presevePermissions: { type: 'boolean' } });
			const entry = managedEntry(call, unionId);
			const { target } = transfer;
			if (!entry.parent) throw paramError('a root stays where it is', 'dentryId');
			if (entriesBelow(entry).includes(target)) throw paramError('inside', 'targetFolderId');
			const { name, kept } = nameIn(transfer, entry);
			if (kept) return { dentry: dentryView(kept), async: false };
			const move = () => {
				makeRoom(call, target, name, entry);
				// That the numeric id stays in another space is UNCONFIRMED; the uuid does.
				call.world.tree.move(entry, target, name);
			};
			const below = entriesBelow(entry).length;
			if (below > 1) {
				const before = dentryView(entry);
				return { dentry: before, ...call.world.tasks.begin(below, move) };
			}
			move();
			return { dentry: dentryView(entry), async: false };
		},
	},
	{
		name: 'deleteDentry',
		method: 'DELETE',
		path: `${DENTRIES}/:dentryId`,
		access: 'header',
		scope: 'Storage.File.Write',
		handle(call) {
			const unionId = operatorIn(call, 'unionId');
			const { world, query } = call;
			const { toRecycleBin = 'false' } = query;
			if (!/^(?:true|false)$/.test(toRecycleBin)) throw paramError('toRecycleBin');
			const entry = managedEntry(call, unionId);
			// What the service does with a root is UNCONFIRMED. This one obeys, as the worst there is.
			const recycles = toRecycleBin === 'true';
			if (recycles && !world.recycleBins.has(entry.workspace.spaceId)) {
				throw new ApiError(400, 'recycleBinNotSupportForSpace', '空间不支持回收站');
			}
			const remove = () => {
				world.tree.remove(entry);
				if (recycles) world.recycled.push(entry.uuid);
			};
			const below = entriesBelow(entry).length;
			if (below > 1) return world.tasks.begin(below, remove);
			remove();
			return { async: false };
		},
	},
	{
		...write,
		name: 'revertVersion',
		bodyless: true,
		path: `${DENTRIES}/:dentryId/versions/:version/revert`,
		handle(call) {
			const unionId = operatorIn(call, 'unionId');
			const { spaceId, dentryId } = call.params;
			const space = spaceOf(call, spaceId);
			checkRole(space, unionId, 'write');
			const version = Number(call.params.version);
			const entry = call.world.tree.find((one) => one.workspace === space && one.id === dentryId);
			const earlier = entry && [...(entry.earlier ?? []), entry];
			const found = earlier?.find((one) => one.version === version);
			// The page lists neither dentryNotExist nor a code for a version that is not there.
			if (!entry || !found || entry.type !== 'FILE') throw paramError('no such version');
			const { stored, size } = found;
			keepVersion(entry);
			const modifiedAt = call.world.settings.now();
			const content = { stored, size, modifiedAt, modifierId: unionId };
			Object.assign(entry, content, { version: entry.version + 1 });
			return { success: true };
		},
	},
	{
		name: 'getTask',
		method: 'GET',
		path: '/v1.0/storage/tasks/:taskId',
		access: 'header',
		scope: 'Storage.Task.Read',
		handle(call) {
			operatorIn(call, 'unionId');
			const task = call.world.tasks.look(call.params.taskId);
			if (!task) throw new ApiError(404, 'taskNotExist', '任务不存在');
			return { task };
		},
	},
];
