import { describe, expect, it } from 'vitest';

import { SEED } from '../../../services/dingtalk';
import { locator } from '../../support/rig';
import { itemOf, lost, refused, runnerOf } from '../support/changes';
import { useRig } from '../support/rig';
import { warmUp } from '../support/warm-up';

const rig = useRig();
const { welcome } = SEED.files;
const { invoices } = SEED.folders;
const { operator, otherUser, corpId, chat } = SEED;
const share = runnerOf(rig, 'share');

const person = ({ userId }: typeof operator) => ({ type: 'USER', id: userId });
const members = { member: [person(otherUser)] };
const role = 'EDITOR';
const given = () => rig.service.permissions().map(({ type, id, roleId }) => [type, id, roleId]);
const calls = () => rig.service.callsOf('addPermission');

describe('Share File', () => {
	it('gives a person a role on the file of the item, with one call', async () => {
		const { error, json } = await share({ members, role });
		expect(error).toBeUndefined();
		const { dentryUuid: uuid, dentryId: id, url: webUrl } = welcome;
		const shared = { role, members: [person(otherUser)] };
		expect(json).toEqual([{ uuid, id, spaceId: SEED.teamHandbook.spaceId, webUrl, shared }]);
		expect(rig.callNames()).toEqual(['addPermission']);
		expect(calls().at(-1)?.body).toEqual({ roleId: role, members: [person(otherUser)] });
		expect(given()).toEqual([['USER', otherUser.userId, 'EDITOR']]);
	});

	it('gives what Share File takes', async () => {
		const first = await share({ members, role, file: locator('url', invoices.url) });
		expect(first.json).toMatchObject([{ uuid: invoices.dentryUuid }]);
		const next = await share({ members, role: 'MANAGER' }, { input: [{ json: first.json[0] }] });
		expect(next.json).toMatchObject([{ uuid: invoices.dentryUuid }]);
		expect(given()).toEqual([['USER', otherUser.userId, 'MANAGER']]);
	});

	it.each([
		['unionId', 'userGetByUnionId', 'unionId'],
		['mobile', 'userGetByMobile', 'mobile'],
	] as const)('looks people up by %s, once per run', async (memberIdType, call, field) => {
		await warmUp(rig);
		const each = { type: 'USER', id: otherUser[field] };
		const input = [itemOf(welcome), itemOf(invoices)];
		const { json } = await share(
			{ members: { member: [each] }, role, options: { memberIdType } },
			{ input },
		);
		expect(json).toMatchObject([
			{ shared: { members: [person(otherUser)] } },
			{ shared: { members: [person(otherUser)] } },
		]);
		expect(rig.service.callsOf(call)).toHaveLength(1);
	});

	it.each([
		['unionId', 'nobody', 'userGetByUnionId', /does not know the union ID of a member/],
		['mobile', '13999999999', 'userGetByMobile', /does not know the mobile number of a member/],
	])('says that nobody is known by this %s', async (memberIdType, id, _, message) => {
		const { shown } = await share({
			members: { member: [{ type: 'USER', id }] },
			options: { memberIdType },
		});
		expect(shown.message).toMatch(message);
		expect(shown.description).toMatch(/"Member ID Type"/);
		expect(shown.data).toMatchObject({ step: 'findMember', member: id, code: '60121' });
		expect(calls()).toEqual([]);
	});

	it('says which permission it takes to look people up', async () => {
		const { appKey, appSecret } = SEED.appWithoutScopes;
		const { shown } = await share(
			{
				members: { member: [{ type: 'USER', id: otherUser.unionId }] },
				options: { memberIdType: 'unionId' },
			},
			{ credential: { appKey, appSecret } },
		);
		expect(shown.message).toBe('The app may not look up a member in the contact directory');
		expect(shown.description).toMatch(/qyapi_get_member.*or enter user IDs/);
	});

	it('takes departments, the organisation and chats', async () => {
		const all = [
			{ type: 'DEPT', id: '12345' },
			{ type: 'ORG', id: '' },
			{ type: 'CONVERSATION', id: chat.openConversationId },
			person(otherUser),
		];
		const { error } = await share({ members: { member: all }, role, options: { corpId } });
		expect(error).toBeUndefined();
		expect(calls().at(-1)?.body).toEqual({
			roleId: role,
			members: [
				{ type: 'DEPT', id: '12345', corpId },
				{ type: 'ORG', id: corpId, corpId },
				{ type: 'CONVERSATION', id: chat.openConversationId },
				{ ...person(otherUser), corpId },
			],
		});
	});

	it.each([
		['a list', (...ids: string[]) => ids],
		['a text with commas', (...ids: string[]) => ids.join(', ')],
	])('takes many IDs from an expression that returns %s, and each of them once', async (_, of) => {
		const ids = of(otherUser.userId, operator.userId, otherUser.userId);
		const input = [{ json: { ...itemOf(welcome).json, ids } }];
		const member = [{ type: 'USER', id: '={{ $json.ids }}' }];
		const { json } = await share({ members: { member }, role }, { input });
		expect(json).toMatchObject([{ shared: { members: [person(otherUser), person(operator)] } }]);
	});

	it.each([
		['no members', { member: [] }, 'No members are given'],
		['a member without an ID', { member: [{ type: 'USER', id: '' }] }, 'A member has no ID'],
		[
			'a department without a Corp ID',
			{ member: [{ type: 'DEPT', id: '1' }] },
			'The Corp ID of the organisation is missing',
		],
		[
			'the organisation without a Corp ID',
			{ member: [{ type: 'ORG', id: '' }] },
			'The Corp ID of the organisation is missing',
		],
		[
			'an unknown type',
			{ member: [{ type: 'CAT', id: '1' }] },
			'"Type of a member" cannot be "CAT"',
		],
		[
			'an expression that is empty',
			{ member: [{ type: 'USER', id: '={{ $json.missing }}' }] },
			'A member has no ID',
		],
	])('refuses %s before anything is sent', async (_, wrong, message) => {
		const { shown } = await share({ members: wrong, role });
		expect(shown.message).toBe(message);
		expect(rig.service.calls).toEqual([]);
	});

	it('refuses a mobile number that is none', async () => {
		const { shown } = await share({
			members: { member: [{ type: 'USER', id: 'abc' }] },
			options: { memberIdType: 'mobile' },
		});
		expect(shown.message).toBe("A member's mobile number is not valid");
	});

	const many = [{ type: 'DEPT', id: Array.from({ length: 65 }, (_, at) => at + 1).join() }];

	it('gives more than 30 members their role in several calls', async () => {
		await share({ members: { member: many }, role, options: { corpId } });
		const sizes = calls().filter(({ status }) => status === 200);
		expect(sizes.map(({ body }) => (body as { members: unknown[] }).members.length)).toEqual([
			30, 30, 5,
		]);
		expect(given()).toHaveLength(65);
	});

	it('says how many have the role when a later call fails', async () => {
		await warmUp(rig);
		const fault = refused('permissionDenied', 403);
		rig.service.fail({ call: 'addPermission', after: 1, fault });
		const { shown } = await share({ members: { member: many }, role, options: { corpId } });
		expect(shown.description).toMatch(/^The first 30 of 65 members have the role already\./);
		expect(shown.data).toMatchObject({ membersDone: 30, file: welcome.dentryUuid });
	});

	it('repeats the call when its answer is lost', async () => {
		await warmUp(rig);
		rig.service.fail({ call: 'addPermission', fault: lost });
		const { error } = await share({ members, role });
		expect(error).toBeUndefined();
		expect(calls()).toHaveLength(2);
		expect(given()).toEqual([['USER', otherUser.userId, 'EDITOR']]);
	});

	it.each([
		['{}', {}],
		['success in quotes', { success: 'true' }],
	])('does not take %s for success', async (_, body) => {
		await warmUp(rig);
		rig.service.fail({ call: 'addPermission', fault: { kind: 'answer', status: 200, body } });
		const { shown } = await share({ members, role });
		expect(shown.data).toMatchObject({ code: 'INCOMPLETE_ANSWER', outcome: 'unknown' });
	});

	it.each([
		['permissionDenied', 403, /may not share this/, /role Manager/],
		['dentryNotExist', 404, /file or folder does not exist/, /Choose it again/],
		['spaceNotExist', 404, /file or folder does not exist/, /Choose it again/],
		['paramError', 400, /does not accept one of the members/, /user ID/],
		['paramError.dentryUuid', 400, /does not accept the dentryUuid/, /link/],
		['paramError.roleId', 400, /does not accept the role/, /from the list/],
		['paramError.permissionMemberType', 400, /the type of a member/, /from the list/],
	])('says what %s means, and what to do', async (code, status, message, advice) => {
		rig.service.fail({ call: 'addPermission', fault: refused(code, status) });
		const { shown } = await share({ members, role });
		expect(shown.message).toMatch(message);
		expect(shown.description).toMatch(advice);
		expect(shown.data).toMatchObject({ code, step: 'shareFile', outcome: 'refused' });
	});

	it('goes on with the other items after a failure, if asked to', async () => {
		const node = { onError: 'continueRegularOutput' } as const;
		const input = [{ json: { uuid: 'A'.repeat(32) } }, itemOf(welcome)];
		const { json } = await share({ members, role }, { input, node });
		expect(json).toMatchObject([
			{ error: { code: 'dentryNotExist' } },
			{ uuid: welcome.dentryUuid },
		]);
	});
});
