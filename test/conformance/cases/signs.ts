import { SEED } from '../../services/dingtalk';
import { locator } from '../../nodes/support/rig';
import { runNode } from './run-node';
import type { Case } from './types';

const { invoices, empty } = SEED.folders;
/** Every sign of ASCII that has a meaning in an address, and some beyond. */
const unionId = 'a b+c/d=e&f?g#h%i;j:k@l,m$n!o*p\'q(r)s~t"u<v>w\\x^y`z{|}[]知 💾';
/** Ids that would lead to another call if they were taken literally. */
const spaceId = '1/2';
const dentryId = '3%2F4';

/** Ids of signs that no real one has. */
export const signCases: Case[] = [
	{
		title: 'an operator of all signs',
		call: 'uploadInfo',
		refused: true,
		node: async (rig) => {
			const operator = locator('unionId', unionId);
			const place = { operator, parent: locator('id', empty.dentryUuid), fileName: 'a' };
			await runNode(rig, 'getUploadInfo', place).catch(() => {});
		},
		sdk: async (sdk) => {
			const option = { storageDriver: 'DINGTALK', preCheckParam: { name: 'a' } };
			const fields = { unionId, protocol: 'HEADER_SIGNATURE', option };
			await sdk.getFileUploadInfo(empty.dentryUuid, fields).catch(() => {});
		},
	},
	{
		title: 'ids of signs from the service',
		call: 'createFolder',
		sdkCall: 'unknown',
		refused: true,
		node: async (rig) => {
			const fault = { kind: 'answer', status: 200, body: { spaceId, dentryId } } as const;
			rig.service.fail({ call: 'queryDentryId', fault });
			const parent = locator('id', invoices.dentryUuid);
			const input = [await rig.item({ data: 'x' })];
			const options = { folderPath: 'New' };
			await runNode(rig, 'upload', { parent, options }, { input }).catch(() => {});
		},
		sdk: async (sdk) => {
			const option = { conflictStrategy: 'RETURN_DENTRY_IF_EXISTS' };
			const fields = { unionId: SEED.operator.unionId, name: 'New', option };
			await sdk.addFolder(spaceId, dentryId, fields).catch(() => {});
		},
	},
];
