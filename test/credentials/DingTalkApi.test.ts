import type { IDataObject } from 'n8n-workflow';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { chain } from '../engine/fixtures';
import { SEED, startLocalDingTalk, type LocalDingTalk } from '../services/dingtalk';
import { refusingUrl } from '../services/core/ports';
import { START } from '../nodes/support/rig';
import { thirdParty, useRig } from '../nodes/DingTalkKnowledgeBase/support/rig';

const rig = useRig();

async function test(more: IDataObject) {
	const result = await rig.engine.testCredential('dingTalkApi', rig.credential(more));
	rig.expectNoSecretsIn([], [result]);
	return result;
}

describe('the test of the credential', () => {
	it.each([
		['an internal app', {}],
		['a third-party app', thirdParty],
		['a base URL with slashes at its end', { apiBaseUrl: 'slashes' }],
	])('is content with %s', async (_, given) => {
		const slashes = 'apiBaseUrl' in given ? { apiBaseUrl: `${rig.service.apiUrl}//` } : {};
		expect(await test({ ...given, ...slashes })).toEqual({
			status: 'OK',
			message: 'Connection successful!',
		});
		for (const { headers } of rig.service.calls) {
			expect(headers['user-agent']).toMatch(/^n8n-nodes-dingtalk-knowledge-base\//);
		}
	});

	it.each([
		['the secret', { appSecret: 'wrong' }],
		['the key', { appKey: 'dingwrong' }],
		['the suite secret', { ...thirdParty, appSecret: 'wrong' }],
		['the app type', { appType: 'thirdParty', corpId: SEED.corpId, suiteTicket: 'x' }],
	])('says in one sentence that key and secret do not fit: %s', async (_, given) => {
		const { status, message } = await test(given);
		expect(status).toBe('Error');
		expect(message).toMatch(/DingTalk does not know this app key and secret\. .*region/);
	});

	it.each([
		['suite ticket', { ...thirdParty, suiteTicket: 'old' }, /ticket/i],
		['organisation', { ...thirdParty, corpId: 'dingother' }, /corp/i],
	])('names a wrong %s, not key and secret', async (_, given, message) => {
		const result = await test(given);
		expect(result.status).toBe('Error');
		expect(result.message).toMatch(message);
		expect(result.message).not.toMatch(/does not know this app key/);
	});

	it('says that nobody is there', async () => {
		const { status, message } = await test({ apiBaseUrl: await refusingUrl() });
		expect(status).toBe('Error');
		expect(message).toMatch(
			/^No connection to 127\.0\.0\.1:\d+\. Check that the n8n server can reach/,
		);
	});

	it.each([
		['app secret', { appSecret: '' }, /App Secret/],
		['base URL', { apiBaseUrl: '' }, /API Base URL/],
		['suite ticket', { ...thirdParty, suiteTicket: '' }, /Suite Ticket/],
	])('names what is missing: %s', async (_, given, message) => {
		expect(await test(given)).toMatchObject({
			status: 'Error',
			message: expect.stringMatching(message) as string,
		});
		expect(rig.service.calls).toEqual([]);
	});
});

describe("n8n's HTTP Request node", () => {
	// A service of its own, for which this process has no token yet
	let local: LocalDingTalk;

	beforeEach(async () => {
		local = await startLocalDingTalk();
	});

	afterEach(async () => await local.close());

	const myDocuments = () => ({
		name: 'HTTP Request',
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		parameters: {
			url: `${local.apiUrl}/v2.0/wiki/mineWorkspaces`,
			authentication: 'predefinedCredentialType',
			nodeCredentialType: 'dingTalkApi',
			queryParameters: {
				parameters: [{ name: 'operatorId', value: SEED.operator.unionId }],
			},
		},
	});

	async function run(more: IDataObject, input = [{ json: {} }]) {
		const credential = { ...more, apiBaseUrl: local.apiUrl };
		const result = await rig.workflow(chain(START, myDocuments()), { input, credential });
		rig.alsoWatch(local);
		rig.expectNoSecretsIn([result.items('HTTP Request')], [result.logs]);
		return result;
	}

	const tokenCalls = () => local.calls.filter(({ name }) => /token/i.test(name));

	it.each([
		['internal', {}],
		['third-party', thirdParty],
	])('makes calls with the credential of an %s app, with one token', async (_, credential) => {
		const result = await run(credential, [{ json: {} }, { json: {} }]);
		const workspace = { workspaceId: SEED.myDocuments.workspaceId };
		expect(result.error).toBeUndefined();
		expect(result.items('HTTP Request')).toMatchObject([
			{ json: { workspace } },
			{ json: { workspace } },
		]);
		expect(tokenCalls()).toHaveLength(1);
		expect(local.callsOf('mineWorkspace')[0].headers['x-acs-dingtalk-access-token']).toBeTruthy();
	});

	it('has one token for all its runs', async () => {
		await run({});
		await run({});
		expect(tokenCalls()).toHaveLength(1);
		expect(local.callsOf('mineWorkspace').map(({ status }) => status)).toEqual([200, 200]);
	});

	it('says that key and secret do not fit', async () => {
		const { status, error } = await run({ appSecret: 'wrong' });
		expect(status).toBe('error');
		expect(error?.message).toMatch(/does not know this app key and secret/);
		expect(local.callsOf('mineWorkspace')).toEqual([]);
	});
});
