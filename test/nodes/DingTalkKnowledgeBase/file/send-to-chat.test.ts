import { describe, expect, it } from 'vitest';

import { SEED } from '../../../services/dingtalk';
import { locator } from '../../support/rig';
import { changed, itemOf, lost, refused, RETRY, runnerOf } from '../support/changes';
import { useRig } from '../support/rig';
import { warmUp } from '../support/warm-up';

const rig = useRig();
const { welcome } = SEED.files;
const { invoices, empty, chinese } = SEED.folders;
const { openConversationId } = SEED.chat;
const send = runnerOf(rig, 'sendToChat');
const asCopy = { options: { asCopy: true } };
const sent = () => rig.service.messages().map(({ kind, dentryUuid }) => [kind, dentryUuid]);

describe('Send File to Chat', () => {
	it('posts the link of the file of the item, with one call', async () => {
		const { error, json } = await send({ openConversationId });
		expect(error).toBeUndefined();
		const { dentryUuid: uuid, dentryId: id, url: webUrl } = welcome;
		const { spaceId } = SEED.teamHandbook;
		expect(json).toMatchObject([
			{
				uuid,
				id,
				spaceId,
				webUrl,
				sent: { name: welcome.name, conversationId: openConversationId },
			},
		]);
		expect(rig.callNames()).toEqual(['sendFileLink']);
		expect(rig.service.callsOf('sendFileLink').at(-1)?.body).toEqual({
			...{ spaceId, dentryId: id, openConversationId },
		});
		expect(sent()).toEqual([['link', uuid]]);
	});

	it('posts a copy if asked to, and goes on with the original', async () => {
		const { json } = await send({ openConversationId, ...asCopy });
		expect(json).toMatchObject([
			{ uuid: welcome.dentryUuid, sent: { spaceId: SEED.chat.spaceId } },
		]);
		expect(sent()).toEqual([['copy', welcome.dentryUuid]]);
		const next = await send({ openConversationId }, { input: [{ json: json[0] }] });
		expect(next.json).toMatchObject([{ uuid: welcome.dentryUuid }]);
	});

	it('takes a link, and a folder', async () => {
		await send({ openConversationId, file: locator('url', invoices.url) });
		expect(sent()).toEqual([['link', invoices.dentryUuid]]);
	});

	it('posts in the order of the items', async () => {
		const all = [welcome, invoices, empty, chinese];
		await warmUp(rig);
		// The first waits for its answer until the others could have overtaken it.
		const later = new Promise((resolve) => setTimeout(resolve, 50));
		rig.service.fail({ call: 'sendFileLink', fault: { kind: 'hold', until: later } });
		await send({ openConversationId }, { input: all.map((each) => itemOf(each)) });
		expect(sent()).toEqual(all.map(({ dentryUuid }) => ['link', dentryUuid]));
	});

	it('needs a chat, before anything is sent', async () => {
		const { shown } = await send({ openConversationId: '={{ $json.missing }}' });
		expect(shown.message).toBe('No chat is given');
		expect(rig.service.calls).toEqual([]);
	});

	it.each([
		['link', {}, 'sendFileLink'],
		['copy', asCopy, 'sendFile'],
	] as const)('does not post a %s twice when the answer is lost', async (_, options, call) => {
		await warmUp(rig);
		rig.service.fail({ call, fault: lost });
		const { shown } = await send({ openConversationId, ...options }, { node: RETRY });
		expect(shown.message).toBe('It is unknown whether this was sent');
		expect(shown.description).toMatch(/Look into the chat .* twice/);
		expect(shown.data).toMatchObject({ outcome: 'unknown', file: welcome.dentryUuid });
		expect(sent()).toHaveLength(1);
		expect(rig.service.callsOf(call)).toHaveLength(1);
	});

	it.each([
		['nothing', () => ({})],
		['a file without an ID', () => ({ file: { name: 'x' } })],
	])('does not take an answer with %s for success', async (_, change) => {
		await warmUp(rig);
		rig.service.fail({ call: 'sendFileLink', fault: changed(change) });
		const { shown } = await send({ openConversationId });
		expect(shown.data).toMatchObject({ code: 'INCOMPLETE_ANSWER', outcome: 'unknown' });
	});

	it('says that a folder cannot be sent as a copy', async () => {
		const { shown } = await send({ openConversationId, ...asCopy }, { input: [itemOf(invoices)] });
		expect(shown.message).toBe('A folder cannot be sent as a copy');
		expect(shown.description).toContain('"Send as Copy"');
	});

	it.each([
		['cidOther', 'The chat does not exist', 'conversationNotExist'],
		['chat123', 'DingTalk does not accept the chat', 'paramError.conversationId'],
	])('says what is wrong with the chat %s', async (chat, message, code) => {
		const { shown } = await send({ openConversationId: chat });
		expect(shown.message).toBe(message);
		expect(shown.data).toMatchObject({ code, step: 'sendToChat', outcome: 'refused' });
	});

	it.each([
		[{}, 'sendFileLink', /may not send files to this chat/],
		[asCopy, 'sendFile', /may not copy this file, or not to this chat/],
	] as const)('says who may send: %j', async (options, call, message) => {
		rig.service.fail({ call, fault: refused('permissionDenied', 403) });
		const { shown } = await send({ openConversationId, ...options });
		expect(shown.message).toMatch(message);
		expect(shown.description).toMatch(/who is in this chat/);
	});

	it('names the permission that the app lacks', async () => {
		const { appKey, appSecret } = SEED.appWithoutScopes;
		const { shown } = await send({ openConversationId }, { credential: { appKey, appSecret } });
		expect(shown.description).toContain('ConvFile.File.Send');
	});

	it('says which files were sent when it stops at another, and goes on if asked to', async () => {
		const input = [itemOf(welcome), { json: { uuid: 'A'.repeat(32), id: '1', spaceId: '1' } }];
		const { shown } = await send({ openConversationId }, { input });
		expect(shown.description).toContain(`1 file is sent anyway: ${welcome.dentryUuid}.`);
		expect(shown.data.sent).toMatchObject([{ uuid: welcome.dentryUuid, openConversationId }]);
		const node = { onError: 'continueRegularOutput' } as const;
		const { json } = await send({ openConversationId }, { input, node });
		expect(json).toMatchObject([
			{ uuid: welcome.dentryUuid },
			{ error: { code: 'paramError.spaceId' } },
		]);
	});
});
