import { ApiError, paramError } from '../errors';
import { checkFields } from '../fields';
import { SEED } from '../seed';
import { dentryView } from '../views';
import { type ApiCall, checkRole, type Endpoint, operatorIn, USERS } from './endpoint';
import { checkManager, spaceOf } from './rights';

const text = { type: 'string', required: true } as const;

/** From the highest down. */
const ROLES = ['OWNER', 'MANAGER', 'EDITOR', 'DOWNLOADER', 'READER'];
const TYPES = ['ORG', 'DEPT', 'TAG', 'CONVERSATION', 'USER', 'DYNAMIC_GROUP'];
const MAX_MEMBERS = 30;

interface Member {
	type: string;
	id: string;
	corpId?: string;
}

/** A member of the organisation, or something else that can have a role. */
function memberOf(given: unknown): Member {
	const fields = {
		type: { type: 'string' },
		id: text,
		corpId: { type: 'string' },
		name: { type: 'string' },
	} as const;
	const { type, id, corpId } = checkFields(given, fields, 'members[]') as unknown as Member;
	if (!TYPES.includes(type)) throw paramError('members[].type', 'permissionMemberType');
	if (corpId !== undefined && corpId !== SEED.corpId) throw paramError('members[].corpId');
	if (type === 'DEPT' && !corpId) throw paramError('a DEPT needs its corpId');
	if (type === 'DEPT' && !/^\d+$/.test(id)) throw paramError('no department has this id');
	if (type === 'ORG' && id !== SEED.corpId) throw paramError('no organisation has this id');
	// A union id, which most calls want, is none.
	const isUser = USERS.some(({ userId }) => userId === id);
	if (type === 'USER' && !isUser) throw paramError('no user of the organisation has this userId');
	if (type === 'CONVERSATION' && id !== SEED.chat.openConversationId) {
		throw paramError('no conversation has this id');
	}
	return { type, id, ...(corpId && { corpId }) };
}

/** What is sent to a chat: something in a space that the operator may see. */
function sendingOf(call: ApiCall) {
	const unionId = operatorIn(call, 'unionId');
	const given = checkFields(call.body, {
		spaceId: { ...text, ownCode: true },
		dentryId: { ...text, ownCode: true },
		openConversationId: text,
	});
	const space = call.world.workspaces.find(({ spaceId }) => spaceId === given.spaceId);
	if (!space) throw paramError('no such space', 'spaceId');
	const entry = call.world.tree.find((one) => one.workspace === space && one.id === given.dentryId);
	if (!entry) throw paramError('no such file', 'dentryId');
	checkRole(space, unionId, 'read');
	const { openConversationId, members } = SEED.chat;
	if (!/^cid/.test(String(given.openConversationId))) {
		throw paramError('not an openConversationId', 'conversationId');
	}
	if (given.openConversationId !== openConversationId) {
		throw new ApiError(404, 'conversationNotExist', '目标会话不存在');
	}
	if (!members.includes(unionId)) throw new ApiError(403, 'permissionDenied', '缺少权限');
	const shown = dentryView(entry);
	return { entry, unionId, openConversationId, shown };
}

const send = {
	method: 'POST',
	access: 'header',
	scope: 'ConvFile.File.Send',
	internalOnly: true,
} as const;

/** Roles on files, and files in chats. */
export const sharingEndpoints: Endpoint[] = [
	{
		name: 'addPermission',
		method: 'POST',
		path: '/v2.0/storage/spaces/dentries/:dentryUuid/permissions',
		access: 'header',
		scope: 'Storage.Permission.Write',
		internalOnly: true,
		handle(call) {
			const unionId = operatorIn(call, 'unionId');
			const { roleId, members, option } = checkFields(call.body, {
				roleId: { ...text, oneOf: ROLES, ownCode: true },
				members: { type: 'array', required: true },
				option: { type: 'object' },
			});
			const { world, params } = call;
			// Only spaces of apps have roles that end.
			if (option !== undefined) throw paramError('option.duration is for spaces of apps');
			if (/^\d+$/.test(params.dentryUuid)) throw paramError('a dentryId', 'dentryUuid');
			const list = members as unknown[];
			if (list.length === 0 || list.length > MAX_MEMBERS) throw paramError('1 to 30 members');
			const added = list.map(memberOf);
			const entry = world.tree.get(params.dentryUuid);
			if (!entry) throw new ApiError(404, 'dentryNotExist', '文件不存在');
			checkManager(spaceOf(call, entry.workspace.spaceId), unionId);
			for (const { type, id } of added) {
				const permission = { dentryUuid: entry.uuid, type, id, roleId: String(roleId) };
				const key = JSON.stringify([entry.uuid, type, id]);
				// The highest role counts, says "Get permission inheritance mode".
				const before = world.permissions.get(key);
				const isHigher = !before || ROLES.indexOf(permission.roleId) < ROLES.indexOf(before.roleId);
				if (isHigher) world.permissions.set(key, permission);
			}
			return { success: true };
		},
	},
	{
		...send,
		name: 'sendFileLink',
		path: '/v1.0/convFile/conversations/files/links/send',
		handle(call) {
			const { entry, openConversationId, shown } = sendingOf(call);
			call.world.messages.push({ openConversationId, kind: 'link', dentryUuid: entry.uuid });
			return { file: { ...shown, conversationId: openConversationId } };
		},
	},
	{
		...send,
		name: 'sendFile',
		path: '/v1.0/convFile/conversations/files/send',
		handle(call) {
			const { entry, unionId, openConversationId, shown } = sendingOf(call);
			if (entry.type === 'FOLDER') throw new ApiError(400, 'folderNotSupport', '不支持发送文件夹');
			checkManager(entry.workspace, unionId);
			call.world.messages.push({ openConversationId, kind: 'copy', dentryUuid: entry.uuid });
			// A file of its own, in the storage of the chat.
			const own = { id: SEED.chat.fileId, spaceId: SEED.chat.spaceId, parentId: '0' };
			return { file: { ...shown, ...own, uuid: '', conversationId: openConversationId } };
		},
	},
];
