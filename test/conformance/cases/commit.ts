import type { INode } from 'n8n-workflow';

import { SEED } from '../../services/dingtalk';
import { locator } from '../../nodes/support/rig';
import type { Fields } from '../official-sdk';
import { putBytes, runNode } from './run-node';
import type { Case } from './types';

const { unionId } = SEED.operator;
const folder = SEED.folders.empty.dentryUuid;
const parent = locator('id', folder);
const bytes = Buffer.from('# hello');
const size = bytes.length;
const name = 'plan.md';

interface Wish {
	title: string;
	/** The node's. */
	options?: INode['parameters'];
	/** The SDK's. */
	option?: Fields;
}

const asked =
	(option?: Fields): Case['sdk'] =>
	async (sdk) => {
		const uploadKey = await putBytes(sdk, folder, unionId, bytes);
		await sdk.commitFile(folder, { unionId, uploadKey, name, option });
		return uploadKey;
	};

function byCommitFile({ title, options, option }: Wish): Case {
	return {
		title: `commit with ${title}`,
		call: 'commit',
		node: async (rig, sdk) => {
			const uploadKey = await putBytes(sdk, folder, unionId, bytes);
			await runNode(rig, 'commit', { parent, uploadKey, fileName: name, options });
			return uploadKey;
		},
		sdk: asked(option),
	};
}

function byUploadFile({ title, options, option }: Wish): Case {
	return {
		title: `commit with ${title}, by Upload File`,
		call: 'commit',
		node: async (rig) => {
			const input = [await rig.item({ data: await rig.file(bytes, name) })];
			const { upload } = await runNode(rig, 'upload', { parent, options }, { input });
			return (upload as { uploadKey: string }).uploadKey;
		},
		sdk: asked(option),
	};
}

const STRATEGIES = [
	'AUTO_RENAME',
	'OVERWRITE',
	'RETURN_DENTRY_IF_EXISTS',
	'RETURN_ERROR_IF_EXISTS',
];
const appProperties = [
	{ name: 'source', value: 'n8n', visibility: 'PRIVATE' },
	{ name: 'year', value: '2026', visibility: 'PUBLIC' },
	{ name: '部门', value: '', visibility: 'PUBLIC' },
];
const conversion = { convertToOnlineDoc: true, convertToOnlineDocTargetDocumentType: 'DOC' };
const same = (title: string, option: INode['parameters']): Wish => ({
	title,
	options: option,
	option,
});
const property = (...list: INode['parameters'][]): Wish => ({
	title: `app properties (${list.length})`,
	options: { appProperties: { property: list } },
	option: { appProperties: list },
});

/** What both operations that commit can be told. */
const WISHES: Wish[] = [
	{ title: 'no option' },
	...STRATEGIES.map((conflictStrategy) => same(conflictStrategy, { conflictStrategy })),
	property(appProperties[0]),
	property(...appProperties),
	same('conversion', { convertToOnlineDoc: true }),
	same('no conversion', { convertToOnlineDoc: false }),
	same('conversion to a given type', conversion),
	{
		title: 'all options',
		options: {
			conflictStrategy: 'OVERWRITE',
			appProperties: { property: appProperties },
			...conversion,
		},
		option: { conflictStrategy: 'OVERWRITE', appProperties, ...conversion },
	},
];

export const commitCases: Case[] = [
	...WISHES.flatMap((wish) => [byCommitFile(wish), byUploadFile(wish)]),
	byCommitFile(same('a size', { size })),
	byUploadFile({ title: 'a size', option: { size } }),
];
