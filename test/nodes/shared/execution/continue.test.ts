import type { IDataObject } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';

import { SEED } from '../../../services/dingtalk';
import { uploadOf, useRig } from '../../DingTalkKnowledgeBase/support/rig';

const rig = useRig();
const { empty } = SEED.folders;

const toErrorOutput = { onError: 'continueErrorOutput' } as const;
/** Cannot be read for the first item only. */
const bad = (value: string) => `={{ $json.name ? ${value} : $('Nobody').first().json.x }}`;

async function items() {
	return [
		await rig.item({ data: 'a' }),
		await rig.item({ data: 'b' }, { name: 'b.txt', many: 2 }),
		await rig.item({ data: 'c' }, { name: 'c.txt', many: 2 }),
	];
}

describe('a node that is to continue', () => {
	it.each([
		['an option of one file', { fileName: bad('$json.name') }],
		['an option of the whole run', { maxConcurrency: bad('2') }],
		['another option of the whole run', { maxRequestsPerSecond: bad('2') }],
	])('loses one item by a bad expression in %s, and no other', async (_, options) => {
		const run = await rig.run(uploadOf(options), { input: await items(), node: toErrorOutput });
		expect(run.status).toBe('success');
		expect(run.items('DingTalk', 0)).toHaveLength(2);
		const errors = run.items('DingTalk', 1);
		expect(errors).toMatchObject([{ json: { error: { message: expect.any(String) as string } } }]);
		expect(errors[0].pairedItem).toMatchObject({ item: 0 });
		expect(rig.service.files(empty.dentryUuid)).toHaveLength(2);
	});

	it.each([
		['an incomplete credential', { credential: { appSecret: '' } }, 'lacks its App Secret'],
		['a bad expression in the credential', { credential: { appKey: bad('1') } }, /./],
	])('puts every input out by the error output for %s', async (_, more, message) => {
		const input = await rig.items(['a', 'b']);
		const run = await rig.run(uploadOf(), { input, node: toErrorOutput, ...more });
		expect(run.status).toBe('success');
		expect(run.items('DingTalk', 0)).toEqual([]);
		const errors = run.items('DingTalk', 1);
		expect(errors.map(({ pairedItem }) => pairedItem)).toMatchObject([{ item: 0 }, { item: 1 }]);
		for (const { json } of errors) {
			expect((json.error as IDataObject).message).toMatch(message);
		}
		expect(rig.service.files(empty.dentryUuid)).toEqual([]);
	});

	it('puts every input out by the error output when it does not know the operation', async () => {
		const parameters = { ...uploadOf(), operation: 'fromTheFuture' };
		const run = await rig.run(parameters, { input: await items(), node: toErrorOutput });
		expect(run.items('DingTalk', 0)).toEqual([]);
		expect(run.items('DingTalk', 1)).toHaveLength(3);
		expect(run.items('DingTalk', 1)[0].json.error).toMatchObject({
			message: 'This version of the node does not know the operation "fromTheFuture" of "file"',
		});
	});
});
