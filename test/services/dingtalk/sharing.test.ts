import { describe, expect, it } from 'vitest';
import { SEED, startLocalDingTalk } from './index';
import { useService } from '../core/use-service';
import { codeOf, TestClient } from './test-client';

const { teamHandbook, folders, files, corpId, chat, operator, otherUser } = SEED;
const { unionId, userId } = operator;
const { welcome } = files;
const service = useService(startLocalDingTalk);
const client = new TestClient(service);

async function share(body: object, uuid = welcome.dentryUuid, by = unionId) {
	const path = `/v2.0/storage/spaces/dentries/${uuid}/permissions`;
	return await client.post(path, { unionId: by }, body);
}

const user = { type: 'USER', id: userId };

describe('permissions', () => {
	it('are given to members of each type', async () => {
		const members = [
			{ ...user, corpId },
			{ type: 'DEPT', id: '1', corpId },
			{ type: 'ORG', id: corpId },
			{ type: 'CONVERSATION', id: chat.openConversationId },
		];
		const answer = await share({ roleId: 'EDITOR', members });
		expect(answer.json).toEqual({ success: true });
		expect(service.permissions()).toEqual(
			members.map(({ type, id }) => ({
				...{ dentryUuid: welcome.dentryUuid, type, id, roleId: 'EDITOR' },
			})),
		);
	});

	it('of the highest role stay', async () => {
		for (const roleId of ['EDITOR', 'READER', 'EDITOR']) {
			expect((await share({ roleId, members: [user] })).status).toBe(200);
		}
		expect(service.permissions()).toMatchObject([{ roleId: 'EDITOR' }]);
	});

	it.each<[string, object, string]>([
		['no role', { members: [user] }, 'paramError.roleId'],
		['an unknown role', { roleId: 'KING', members: [user] }, 'paramError.roleId'],
		['no members', { roleId: 'READER', members: [] }, 'paramError'],
		[
			'31 members',
			{ roleId: 'READER', members: Array.from({ length: 31 }, () => user) },
			'paramError',
		],
		[
			'an unknown type',
			{ roleId: 'READER', members: [{ type: 'CAT', id: '1' }] },
			'paramError.permissionMemberType',
		],
		[
			'a union id for a user',
			{ roleId: 'READER', members: [{ type: 'USER', id: unionId }] },
			'paramError',
		],
		[
			'a department without a corp id',
			{ roleId: 'READER', members: [{ type: 'DEPT', id: '1' }] },
			'paramError',
		],
		[
			'another organisation',
			{ roleId: 'READER', members: [{ type: 'ORG', id: 'dingother' }] },
			'paramError',
		],
		[
			'a role that ends',
			{ roleId: 'READER', members: [user], option: { duration: 60 } },
			'paramError',
		],
	])('are refused for %s', async (_, body, code) => {
		expect(codeOf(await share(body))).toEqual([400, code]);
	});

	it('are refused on what is not there, by whom has no right, and for a numeric id', async () => {
		const body = { roleId: 'READER', members: [user] };
		expect(codeOf(await share(body, 'A'.repeat(32)))).toEqual([404, 'dentryNotExist']);
		expect(codeOf(await share(body, welcome.dentryId))).toEqual([400, 'paramError.dentryUuid']);
		const byOther = await share(body, welcome.dentryUuid, otherUser.unionId);
		expect(codeOf(byOther)).toEqual([403, 'permissionDenied']);
	});
});

describe.each([
	['link', 'links/send'],
	['copy', 'send'],
])('a %s', (kind, way) => {
	const path = `/v1.0/convFile/conversations/files/${way}`;
	const { spaceId } = teamHandbook;
	const body = { spaceId, dentryId: welcome.dentryId, openConversationId: chat.openConversationId };
	const send = async (more: object = {}, by = unionId) =>
		await client.post(path, { unionId: by }, { ...body, ...more });

	it('comes to the chat, each time', async () => {
		const { json } = await send();
		expect(json).toMatchObject({ file: { name: welcome.name, type: 'FILE' } });
		await send();
		const message = {
			openConversationId: chat.openConversationId,
			...{ kind, dentryUuid: welcome.dentryUuid },
		};
		expect(service.messages()).toEqual([message, message]);
	});

	it.each<[string, object, [number, string]]>([
		['to no chat', { openConversationId: 'cid1' }, [404, 'conversationNotExist']],
		['to an old chat id', { openConversationId: 'chat1' }, [400, 'paramError.conversationId']],
		['of no file', { dentryId: '1' }, [400, 'paramError.dentryId']],
		['of no space', { spaceId: '1' }, [400, 'paramError.spaceId']],
	])('is refused %s', async (_, more, code) => {
		expect(codeOf(await send(more))).toEqual(code);
		expect(service.messages()).toEqual([]);
	});

	it('is refused for who is not in the chat', async () => {
		expect(codeOf(await send({}, otherUser.unionId))).toEqual([403, 'permissionDenied']);
	});

	it(`may${kind === 'link' ? '' : ' not'} be that of a folder`, async () => {
		const answer = await send({ dentryId: folders.empty.dentryId });
		if (kind === 'link') expect(answer.status).toBe(200);
		else expect(codeOf(answer)).toEqual([400, 'folderNotSupport']);
	});
});
