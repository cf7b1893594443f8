import { describe, expect, it } from 'vitest';

import { SEED, startLocalDingTalk } from '../../../services/dingtalk';
import { thirdParty, uploadOf, useRig } from '../support/rig';

const rig = useRig();
const upload = uploadOf();

async function items(count: number) {
	const file = await rig.file('x');
	return Array.from({ length: count }, () => ({ json: {}, binary: { data: file } }));
}

describe('the access token', () => {
	it('is fetched once for many items at once', async () => {
		const { status } = await rig.run(upload, { input: await items(16) });
		expect(status).toBe('success');
		expect(rig.service.callsOf('token')).toHaveLength(1);
		const { appKey, appSecret } = SEED.app;
		expect(rig.service.callsOf('token')[0]).toMatchObject({
			method: 'POST',
			path: '/v1.0/oauth2/accessToken',
			query: {},
			body: { appKey, appSecret },
		});
	});

	it('is fetched once for many executions at once', async () => {
		// A service of its own, whose token no test has fetched yet
		const local = await startLocalDingTalk();
		const input = await items(1);
		const options = { input, credential: { apiBaseUrl: local.apiUrl } };
		const runs = await Promise.all(
			Array.from({ length: 5 }, async () => await rig.run(upload, options)),
		);
		expect(runs.map(({ status }) => status)).toEqual(Array(5).fill('success'));
		expect(local.callsOf('token')).toHaveLength(1);
		rig.alsoWatch(local);
		rig.expectNoSecretsIn([runs.map(({ json }) => json)], [runs.map(({ logs }) => logs)]);
		await local.close();
	});

	it('is fetched again once when the service revokes it, and the calls are repeated', async () => {
		await rig.run(upload, { input: await items(1) });
		rig.service.revokeTokens();
		const before = rig.service.callsOf('token').length;
		const { error, json } = await rig.run(upload, { input: await items(8) });
		expect(error).toBeUndefined();
		expect(json).toHaveLength(8);
		expect(rig.service.callsOf('token').length - before).toBe(1);
		const refused = rig.service.calls.filter(({ status }) => status === 400);
		expect(new Set(refused.map(({ code }) => code))).toEqual(new Set(['InvalidAuthentication']));
	});

	it('revoked in the middle of an upload does not lose the file or double it', async () => {
		await rig.run(upload, { input: await items(1) });
		const code = 'InvalidAuthentication';
		rig.service.fail({ call: 'commit', fault: { kind: 'apiError', status: 400, code } });
		const { error } = await rig.run(upload, { input: await items(1) });
		expect(error).toBeUndefined();
		expect(rig.service.files()).toHaveLength(2);
		expect(rig.service.callsOf('ossPut')).toHaveLength(2);
	});

	it('refused again and again ends with a clear error, not with a loop', async () => {
		const code = 'InvalidAuthentication';
		const fault = { kind: 'apiError', status: 400, code } as const;
		rig.service.fail({ call: 'uploadInfo', times: Infinity, fault });
		const { shown } = await rig.run(upload, { input: await items(1) });
		expect(shown).toMatchObject({
			message: 'DingTalk did not accept the access token',
			itemIndex: 0,
			data: { code, httpStatus: 400, step: 'getUploadInfo' },
		});
		expect(rig.service.callsOf('uploadInfo')).toHaveLength(2);
	});

	it('goes to the API alone', async () => {
		await rig.run(upload, { input: await items(2) });
		const toStorage = rig.service.calls.filter(({ front }) => front === 'oss');
		const [{ headers }] = rig.service.callsOf('commit');
		const token = headers['x-acs-dingtalk-access-token'];
		expect(token).toMatch(/^\w{32}$/);
		expect(JSON.stringify(toStorage)).not.toContain(token);
	});
});

describe('a third-party app', () => {
	it('gets the token of the organisation that authorised it, and uploads', async () => {
		const input = await items(3);
		const { error } = await rig.run(upload, { input, credential: thirdParty });
		expect(error).toBeUndefined();
		expect(rig.service.callsOf('corpToken')).toHaveLength(1);
		expect(rig.service.callsOf('corpToken')[0]).toMatchObject({
			path: '/v1.0/oauth2/corpAccessToken',
			body: {
				suiteKey: thirdParty.appKey,
				suiteSecret: thirdParty.appSecret,
				authCorpId: thirdParty.corpId,
				suiteTicket: thirdParty.suiteTicket,
			},
		});
		expect(rig.service.callsOf('token')).toEqual([]);
		expect(rig.service.files()).toHaveLength(3);
	});

	it('gets a new token when the old one is refused', async () => {
		const input = await items(1);
		await rig.run(upload, { input, credential: thirdParty });
		rig.service.revokeTokens();
		const { error } = await rig.run(upload, { input, credential: thirdParty });
		expect(error).toBeUndefined();
		expect(rig.service.files()).toHaveLength(2);
	});
});

describe('an access token', () => {
	it('is not shown where an answer quotes it', async () => {
		const input = await items(1);
		await rig.run(upload, { input });
		const [{ headers }] = rig.service.callsOf('commit');
		const token = headers['x-acs-dingtalk-access-token'];
		const body = { code: token, message: `no ${token}`, requestid: `R-${token}` };
		rig.service.fail({ call: 'commit', fault: { kind: 'answer', status: 400, body } });
		const { shown } = await rig.run(upload, { input });
		expect(shown.description).toContain('no ***');
		expect(JSON.stringify([shown, shown.data])).not.toContain(token);
	});

	it('that a gateway refuses after the commit leaves it unknown, whatever a repetition says', async () => {
		const page = { status: 401, body: '<html>', elsewhere: true } as const;
		rig.service.fail({ call: 'commit', fault: { kind: 'answerAfter', ...page } });
		const refusal = { status: 403, code: 'permissionDenied' };
		rig.service.fail({ call: 'commit', fault: { kind: 'apiError', ...refusal } });
		const options = { conflictStrategy: 'OVERWRITE' };
		const { shown } = await rig.run({ ...upload, options }, { input: await items(1) });
		expect(shown.message).toMatch(/^It is unknown whether/);
		expect(shown.data).toMatchObject({ outcome: 'unknown', code: 'permissionDenied' });
	});
});

describe('a wrong credential', () => {
	it.each([
		['secret', { appSecret: 'wrong-secret-value-of-this-test' }, /key and secret/],
		['key', { appKey: 'dingunknown' }, /key and secret/],
		['suite secret', { ...thirdParty, appSecret: 'wrong' }, /key and secret/],
	])('is named: %s', async (_, credential, message) => {
		const input = await items(1);
		const run = await rig.run(upload, { input, credential });
		expect(run.shown).toMatchObject({ itemIndex: 0, data: { step: 'token' } });
		expect(run.shown.message).toMatch(message);
		expect(JSON.stringify([run.shown, run.logs])).not.toContain('wrong-secret-value');
		expect(rig.callNames()).toEqual([]);
	});

	it.each([
		['appKey', { appKey: '' }, 'App Key'],
		['appSecret', { appSecret: ' ' }, 'App Secret'],
		['apiBaseUrl', { apiBaseUrl: '' }, 'API Base URL'],
		['corpId', { ...thirdParty, corpId: '' }, 'Corp ID'],
		['suiteTicket', { ...thirdParty, suiteTicket: '' }, 'Suite Ticket'],
	])('that lacks its %s is named before anything is sent', async (_, credential, label) => {
		const { shown } = await rig.run(upload, { input: await items(1), credential });
		expect(shown.message).toContain(`lacks its ${label}`);
		expect(rig.service.calls).toEqual([]);
	});

	it('whose base URL is no address is named', async () => {
		const credential = { apiBaseUrl: 'api.dingtalk.com' };
		const { shown } = await rig.run(upload, { input: await items(1), credential });
		expect(shown.message).toBe('The base URL in the DingTalk credential is not a web address');
	});
});
