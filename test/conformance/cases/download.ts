import type { INode } from 'n8n-workflow';

import { SEED } from '../../services/dingtalk';
import { locator } from '../../nodes/support/rig';
import type { Fields } from '../official-sdk';
import { runNode } from './run-node';
import type { Case } from './types';

const { unionId } = SEED.operator;
const { dentryUuid, dentryId } = SEED.files.welcome;
const { spaceId } = SEED.teamHandbook;

function downloadInfo(title: string, options?: INode['parameters'], option?: Fields): Case {
	return {
		title: `download info with ${title}`,
		call: 'downloadInfo',
		node: async (rig) => {
			await runNode(rig, 'download', { file: locator('id', dentryUuid), options });
		},
		sdk: async (sdk) =>
			void (await sdk.getFileDownloadInfo(spaceId, dentryId, { unionId, option })),
	};
}

const all = { version: 1, preferIntranet: false };

export const downloadCases: Case[] = [
	downloadInfo('no option'),
	downloadInfo('a version', { version: 1 }, { version: 1 }),
	downloadInfo('all options', all, all),
];
