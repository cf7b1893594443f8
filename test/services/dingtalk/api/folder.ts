import { ApiError } from '../errors';
import { checkFields } from '../fields';
import { freeName, storedName } from '../names';
import { childNamed } from '../tree';
import { dentryView } from '../views';
import { CONFLICT_STRATEGIES } from './commit';
import { DENTRIES, folderIn, spaceIn } from './dentries';
import { type Endpoint, operatorIn } from './endpoint';

/** A new folder by the numeric ids of storage 1.0, with a conflict strategy. */
export const createFolderEndpoint: Endpoint = {
	name: 'createFolder',
	method: 'POST',
	path: `${DENTRIES}/:parentId/folders`,
	access: 'header',
	scope: 'Storage.File.Write',
	handle(call) {
		const { world, params, body } = call;
		const given = checkFields(body, {
			name: { type: 'string', required: true, ownCode: true },
			option: { type: 'object' },
		});
		const unionId = operatorIn(call, 'unionId');
		const { conflictStrategy } = checkFields(
			given.option ?? {},
			{
				conflictStrategy: { type: 'string', oneOf: CONFLICT_STRATEGIES, ownCode: true },
				appProperties: { type: 'array' },
			},
			'option',
		);
		const workspace = spaceIn(call, unionId, 'write');
		const parent = folderIn(call, workspace, params.parentId);
		let name = storedName(String(given.name));
		if (name === undefined) throw new ApiError(400, 'dentryNameIllegal', '文件名不合法');
		const existing = childNamed(parent, name);
		if (existing && conflictStrategy === 'RETURN_DENTRY_IF_EXISTS') {
			return { dentry: dentryView(existing) };
		}
		if (existing && conflictStrategy !== undefined && conflictStrategy !== 'AUTO_RENAME') {
			throw new ApiError(400, 'dentryAlreadyExist', '文件已存在');
		}
		if (existing) name = freeName(name, (one) => childNamed(parent, one) !== undefined);
		const now = world.settings.now();
		const entry = { workspace, parent, name, creatorId: unionId, createdAt: now };
		return { dentry: dentryView(world.tree.add({ ...entry, type: 'FOLDER' })) };
	},
};
