import { describe, expect, it } from 'vitest';

import { SEED } from '../../services/dingtalk';
import { uploadOf, useRig } from './support/rig';

const rig = useRig();
const { empty } = SEED.folders;

const upload = uploadOf({ fileName: '={{ $json.name }}' });

describe('expressions in the credential', () => {
	it('give each item its own operator', async () => {
		const [operator, other] = [SEED.operator.unionId, SEED.otherUser.unionId];
		const credential = { operatorUnionId: '={{ $json.who }}' };
		const input = [
			await rig.item({ data: 'a' }, { name: 'a.txt', who: operator }),
			await rig.item({ data: 'b' }, { name: 'b.txt', who: other }),
		];
		const node = { onError: 'continueErrorOutput' } as const;
		const run = await rig.run(upload, { input, credential, node });
		// The other one may not write there, and the file is not stored in the name of the first.
		expect(run.items('DingTalk', 0)).toMatchObject([
			{ json: { name: 'a.txt', creatorId: operator } },
		]);
		expect(run.items('DingTalk', 1)).toMatchObject([
			{ json: { error: { fileName: 'b.txt', code: 'permissionDenied' } } },
		]);
		expect(rig.service.callsOf('uploadInfo').map(({ query }) => query.unionId)).toContain(other);
		expect(rig.service.files(empty.dentryUuid)).toHaveLength(1);
	});

	it('give each item its own app: no call of one is made with the token of another', async () => {
		const credential = { appKey: '={{ $json.key }}' };
		const input = [
			await rig.item({ data: 'a' }, { name: 'a.txt', key: SEED.app.appKey }),
			await rig.item({ data: 'b' }, { name: 'b.txt', key: 'unknown-app' }),
		];
		const node = { onError: 'continueErrorOutput' } as const;
		const run = await rig.run(upload, { input, credential, node });
		expect(run.items('DingTalk', 0).map(({ json }) => json.name)).toEqual(['a.txt']);
		expect(run.items('DingTalk', 1)).toMatchObject([
			{ json: { error: { fileName: 'b.txt', step: 'token' } }, pairedItem: { item: 1 } },
		]);
		expect(rig.service.files(empty.dentryUuid).map(({ name }) => name)).toEqual(['a.txt']);
	});
});
