import { SEED } from '../../services/dingtalk';
import { withoutWaits } from '../../nodes/support/haste';
import { locator } from '../../nodes/support/rig';
import { runNode } from './run-node';
import type { Case } from './types';

const { unionId } = SEED.operator;
const { corpId } = SEED;
const { spaceId } = SEED.teamHandbook;
const { welcome } = SEED.files;
const { empty, invoices } = SEED.folders;
const { outline, spaceId: driveId } = SEED.drive;
const { openConversationId } = SEED.chat;
const file = locator('id', welcome.dentryUuid);
const parent = locator('id', empty.dentryUuid);
const input = [{ json: {} }];
const target = { targetSpaceId: spaceId, targetFolderId: empty.dentryId };
const message = { spaceId, dentryId: welcome.dentryId, openConversationId };

/** An operation of the node on a file. */
const changing =
	(operation: string, parameters: object = {}): Case['node'] =>
	async (rig) =>
		void (await withoutWaits(
			async () => await runNode(rig, operation, { file, ...parameters }, { input }),
		));

export const changeCases: Case[] = [
	{
		title: 'a new name',
		call: 'renameDentry',
		node: changing('rename', { fileName: '新 a.txt' }),
		sdk: async (sdk) => {
			await sdk.renameDentry(spaceId, welcome.dentryId, { unionId, newName: '新 a.txt' });
		},
	},
	{
		title: 'a copy',
		call: 'copyDentry',
		node: changing('copy', { parent }),
		sdk: async (sdk) => {
			await sdk.copyDentry(spaceId, welcome.dentryId, { unionId, ...target });
		},
	},
	{
		title: 'a copy with a conflict strategy',
		call: 'copyDentry',
		node: changing('copy', { parent, options: { conflictStrategy: 'OVERWRITE' } }),
		sdk: async (sdk) => {
			const option = { conflictStrategy: 'OVERWRITE' };
			await sdk.copyDentry(spaceId, welcome.dentryId, { unionId, ...target, option });
		},
	},
	{
		title: 'a move with all options',
		call: 'moveDentry',
		node: changing('move', {
			parent,
			options: { conflictStrategy: 'RETURN_ERROR_IF_EXISTS', keepPermissions: true },
		}),
		sdk: async (sdk) => {
			const option = { conflictStrategy: 'RETURN_ERROR_IF_EXISTS', presevePermissions: true };
			await sdk.moveDentry(spaceId, welcome.dentryId, { unionId, ...target, option });
		},
	},
	{
		title: 'to the recycle bin',
		call: 'deleteDentry',
		node: changing('delete', { file: locator('id', outline.dentryUuid) }),
		sdk: async (sdk) => {
			await sdk.deleteDentry(driveId, outline.dentryId, { unionId, toRecycleBin: true });
		},
	},
	{
		title: 'deleted for good',
		call: 'deleteDentry',
		node: changing('delete', { options: { permanently: true } }),
		sdk: async (sdk) => {
			await sdk.deleteDentry(spaceId, welcome.dentryId, { unionId, toRecycleBin: false });
		},
	},
	{
		title: 'what became of a task',
		call: 'getTask',
		// Each client begins a task of its own, so both ask for one that is not there.
		refused: true,
		node: async (rig, sdk) => {
			const body = { async: true, taskId: 'aB3+/= 任务' };
			rig.service.fail({ call: 'copyDentry', fault: { kind: 'answer', status: 200, body } });
			await changing('copy', { file: locator('id', invoices.dentryUuid), parent })(rig, sdk).catch(
				() => {},
			);
		},
		sdk: async (sdk) => {
			await sdk.getTask(encodeURIComponent('aB3+/= 任务'), { unionId }).catch(() => {});
		},
	},
	{
		title: 'an earlier version',
		call: 'revertVersion',
		node: changing('restoreVersion', { version: 1 }),
		sdk: async (sdk) => {
			await sdk.revertVersion([spaceId, welcome.dentryId, '1'], { unionId });
		},
	},
	{
		title: 'a role for members',
		call: 'addPermission',
		node: changing('share', {
			role: 'DOWNLOADER',
			members: {
				member: [
					{ type: 'DEPT', id: '12' },
					{ type: 'CONVERSATION', id: openConversationId },
				],
			},
			options: { corpId },
		}),
		sdk: async (sdk) => {
			const members = [
				{ type: 'DEPT', id: '12', corpId },
				{ type: 'CONVERSATION', id: openConversationId },
			];
			await sdk.addPermission(welcome.dentryUuid, { unionId, roleId: 'DOWNLOADER', members });
		},
	},
	{
		title: 'a copy in a chat',
		call: 'sendFile',
		node: changing('sendToChat', { openConversationId, options: { asCopy: true } }),
		sdk: async (sdk) => void (await sdk.sendFile({ unionId, ...message })),
	},
	{
		title: 'a link in a chat',
		call: 'sendFileLink',
		node: changing('sendToChat', { openConversationId }),
		sdk: async (sdk) => void (await sdk.sendFileLink({ unionId, ...message })),
	},
];
