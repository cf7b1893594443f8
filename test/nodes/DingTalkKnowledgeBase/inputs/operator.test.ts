import { describe, expect, it } from 'vitest';

import { SEED } from '../../../services/dingtalk';
import { locator, type NodeRunOptions } from '../../support/rig';
import { uploadOf, useRig } from '../support/rig';

const rig = useRig();
const { unionId, userId, mobile } = SEED.operator;

async function uploadAs(operator?: ReturnType<typeof locator>, options: NodeRunOptions = {}) {
	const input = options.input ?? [await rig.item({ data: 'x' })];
	return await rig.run(uploadOf({}, operator && { operator }), { ...options, input });
}

const nobody = { credential: { operatorUnionId: '' } };
const refusal = (status: number, body: object) => ({ kind: 'answer', status, body }) as const;

describe('the operator', () => {
	it.each([
		['union id', locator('unionId', unionId)],
		['union id with spaces', locator('unionId', ` ${unionId} `)],
		['user id', locator('userId', userId)],
		['mobile number', locator('mobile', mobile)],
		['mobile number with spaces', locator('mobile', '138 0000 0001')],
	])('is found by %s', async (_, operator) => {
		const { error } = await uploadAs(operator, nobody);
		expect(error).toBeUndefined();
		const [info] = rig.service.callsOf('uploadInfo').slice(-1);
		expect(info.query).toEqual({ unionId });
		expect(rig.service.files()).toMatchObject([{ creatorId: unionId }]);
	});

	it('is the one of the credential when the node names none', async () => {
		const { error } = await uploadAs();
		expect(error).toBeUndefined();
		expect(rig.service.files()).toMatchObject([{ creatorId: unionId }]);
	});

	it('of the node wins over the one of the credential', async () => {
		const credential = { operatorUnionId: SEED.otherUser.unionId };
		await uploadAs(locator('unionId', unionId), { credential });
		expect(rig.service.files()).toMatchObject([{ creatorId: unionId }]);
	});

	it('is looked up by the old calls, with the token in the query', async () => {
		await uploadAs(locator('mobile', mobile), nobody);
		const calls = ['userGetByMobile', 'userGet'] as const;
		const [byMobile, get] = calls.map((name) => rig.service.callsOf(name).at(-1));
		expect(byMobile).toMatchObject({ path: '/topapi/v2/user/getbymobile', body: { mobile } });
		expect(get).toMatchObject({ path: '/topapi/v2/user/get', body: { userid: userId } });
		for (const call of [byMobile, get]) {
			expect(call?.query.access_token).toMatch(/^\w{32}$/);
			expect(call?.headers['x-acs-dingtalk-access-token']).toBeUndefined();
		}
	});

	it('is looked up once per run, however many items there are', async () => {
		await uploadAs(undefined, { input: [await rig.item({ data: 'warm up' })] });
		const input = await Promise.all(['a', 'b', 'c'].map((data) => rig.item({ data })));
		await uploadAs(locator('mobile', mobile), { ...nobody, input });
		const answered = (name: 'userGet' | 'userGetByMobile') =>
			rig.service.callsOf(name).filter(({ status }) => status === 200);
		expect(answered('userGetByMobile')).toHaveLength(1);
		expect(answered('userGet')).toHaveLength(1);
	});

	it('is asked for when nobody is named, before anything is sent', async () => {
		const { shown } = await uploadAs(undefined, nobody);
		expect(shown).toMatchObject({ message: 'No operator is given', itemIndex: 0 });
		expect(shown.description).toContain('Operator Union ID');
		expect(rig.service.calls).toEqual([]);
	});

	it.each([
		['userId', 'no-such-user', 'The contact directory does not know this user ID'],
		['mobile', '13999999999', 'The contact directory does not know this mobile number'],
	])('that the directory does not know is named: %s', async (mode, value, message) => {
		const { shown } = await uploadAs(locator(mode, value));
		expect(shown).toMatchObject({ message, itemIndex: 0, data: { code: '60121' } });
		expect(shown.description).toContain('Union ID');
		expect(rig.service.files()).toEqual([]);
	});

	it('whose mobile number is no number is refused before anything is sent', async () => {
		const { shown } = await uploadAs(locator('mobile', 'Ada'));
		expect(shown.message).toBe("The operator's mobile number is not valid");
		expect(rig.service.calls).toEqual([]);
	});

	it.each(['userId', 'mobile'])(
		'needs a contact permission by %s, which is named',
		async (mode) => {
			const { appKey, appSecret } = SEED.appWithoutScopes;
			const operator = locator(mode, mode === 'mobile' ? mobile : userId);
			const { shown } = await uploadAs(operator, { credential: { appKey, appSecret } });
			expect(shown.message).toBe('The app may not look up the operator in the contact directory');
			expect(shown.description).toMatch(/permission to .*(contact directory|mobile number)/);
		},
	);

	it('given by user id where a union id is wanted is told so', async () => {
		const { shown } = await uploadAs(locator('unionId', userId));
		expect(shown.data).toMatchObject({ code: 'paramError' });
		expect(`${shown.message} ${shown.description}`).toMatch(/union ?id/i);
		expect(shown.description).toContain('User ID');
	});

	it('is looked up again with a new token when the old call refuses the old one', async () => {
		await uploadAs(locator('userId', userId));
		rig.service.revokeTokens();
		const { error } = await uploadAs(locator('userId', userId));
		expect(error).toBeUndefined();
		expect(rig.service.files()).toHaveLength(2);
	});

	it('is not found in an answer that lacks the union id', async () => {
		const body = { errcode: 0, errmsg: 'ok', result: { userid: userId } };
		rig.service.fail({ call: 'userGet', fault: refusal(200, body) });
		const { shown } = await uploadAs(locator('userId', userId));
		expect(shown.message).toBe('The answer from DingTalk is incomplete');
	});
});
