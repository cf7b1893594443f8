import { SEED } from '../../services/dingtalk';
import { locator } from '../../nodes/support/rig';
import { runNode } from './run-node';
import type { Case } from './types';

const { unionId } = SEED.operator;
const { spaceId } = SEED.teamHandbook;
const { welcome } = SEED.files;
const file = locator('id', welcome.dentryUuid);
const input = [{ json: {} }];

export const changeCases: Case[] = [
	{
		title: 'a new name',
		call: 'renameDentry',
		node: async (rig) =>
			void (await runNode(rig, 'rename', { file, fileName: '新 a.txt' }, { input })),
		sdk: async (sdk) => {
			await sdk.renameDentry(spaceId, welcome.dentryId, { unionId, newName: '新 a.txt' });
		},
	},
];
