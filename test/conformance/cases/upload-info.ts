import type { INode } from 'n8n-workflow';

import { SEED } from '../../services/dingtalk';
import { locator } from '../../nodes/support/rig';
import type { Fields } from '../official-sdk';
import { runNode } from './run-node';
import type { Case } from './types';

const { unionId } = SEED.operator;
const folder = SEED.folders.empty.dentryUuid;
const parent = locator('id', folder);
const storageDriver = 'DINGTALK';
const REGIONS = ['ZHANGJIAKOU', 'SHENZHEN', 'SHANGHAI', 'SINGAPORE', 'UNKNOWN'];

/** The call as the SDK makes it with these options. */
const asked =
	(option?: Fields): Case['sdk'] =>
	async (sdk) => {
		await sdk.getFileUploadInfo(folder, { unionId, protocol: 'HEADER_SIGNATURE', option });
	};

function byGetUploadInfo(title: string, node: INode['parameters'], option?: Fields): Case {
	return {
		title: `upload info with ${title}`,
		call: 'uploadInfo',
		node: async (rig) => {
			await runNode(rig, 'getUploadInfo', { parent, fileName: '', ...node });
		},
		sdk: asked(option && { storageDriver, ...option }),
	};
}

const allOptions = { preferRegion: 'SHANGHAI', preferIntranet: true };

export const uploadInfoCases: Case[] = [
	byGetUploadInfo('no option', {}),
	byGetUploadInfo('a name', { fileName: '报告 1.pdf' }, { preCheckParam: { name: '报告 1.pdf' } }),
	byGetUploadInfo('a size', { fileSize: 5 }, { preCheckParam: { size: 5 } }),
	byGetUploadInfo('size 0', { fileSize: 0 }, { preCheckParam: { size: 0 } }),
	...REGIONS.map((preferRegion) =>
		byGetUploadInfo(`region ${preferRegion}`, { options: { preferRegion } }, { preferRegion }),
	),
	...[true, false].map((preferIntranet) =>
		byGetUploadInfo(
			`intranet ${preferIntranet}`,
			{ options: { preferIntranet } },
			{ preferIntranet },
		),
	),
	byGetUploadInfo(
		'all options',
		{ fileName: 'a.bin', fileSize: 5 * 2 ** 30, options: allOptions },
		{ ...allOptions, preCheckParam: { name: 'a.bin', size: 5 * 2 ** 30 } },
	),
	{
		title: 'upload info, asked by Upload File',
		call: 'uploadInfo',
		node: async (rig) => {
			const input = [await rig.item({ data: 'hello' })];
			await runNode(rig, 'upload', { parent, options: allOptions }, { input });
		},
		sdk: asked({ storageDriver, ...allOptions, preCheckParam: { name: 'data.txt', size: 5 } }),
	},
];
