import type { IDataObject } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';

import { AlibabaCloudPdsApi } from '../../credentials/AlibabaCloudPdsApi.credentials';
import { has } from '../engine/features';
import { chain } from '../engine/fixtures';
import { SEED, startLocalPds } from '../services/pds';
import { START } from '../nodes/support/rig';
import { usePdsRig } from '../nodes/AlibabaCloudPds/support/rig';

const rig = usePdsRig();

const app = { authType: 'jwtApp', appId: SEED.jwt.appId, privateKey: SEED.jwt.privateKey };
const { id: accessKeyId, secret: accessKeySecret } = SEED.accessKey;
const key = { authType: 'accessKey', accessKeyId, accessKeySecret };

describe('the test of the credential', () => {
	async function test(more: IDataObject) {
		return await rig.engine.testCredential('alibabaCloudPdsApi', rig.credential(more));
	}

	it.each([
		['an access token', {}, /^Bearer /, {}],
		['a JWT app', app, /^Bearer /, {}],
		['an AccessKey', key, /^acs /, { user_id: 'superadmin' }],
	])('asks who one is with %s', async (_, credential, authorization, body) => {
		expect(await test(credential)).toMatchObject({ status: 'OK' });
		const [call] = rig.service.callsOf('getUser');
		expect(call).toMatchObject({ method: 'POST', path: '/v2/user/get', body });
		expect(call.headers.authorization).toMatch(authorization);
		expect(call.headers['user-agent']).toMatch(/^n8n-nodes-dingtalk-knowledge-base\//);
	});

	it('says that the service does not accept it', async () => {
		const { status, message } = await test({ accessToken: 'wrong' });
		expect(status).toBe('Error');
		expect(message).toMatch(
			has("a credential test that tells the node's own reason")
				? /does not accept this credential/
				: /check your credentials/,
		);
	});

	it.each([
		['a wrong app', { ...app, appId: 'wrong' }, /rejected a parameter/],
		['a key that is none', { ...app, privateKey: 'x' }, /private key .* cannot be used/],
		['no domain', { domainId: '' }, /lacks its Domain ID/],
	])('says in words what is wrong with %s', async (_, credential, message) => {
		const result = await test(credential);
		expect(result.status).toBe('Error');
		expect(result.message).toMatch(message);
	});

	it('finds a service at a base URL with slashes at its end', async () => {
		const result = await test({ apiBaseUrl: `${rig.service.apiUrl}//` });
		expect(result.status).toBe('OK');
	});
});

describe("n8n's HTTP Request node", () => {
	const request = (body: object) => ({
		name: 'HTTP Request',
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		parameters: {
			method: 'POST',
			url: `${rig.service.apiUrl}/v2/file/create`,
			authentication: 'predefinedCredentialType',
			nodeCredentialType: 'alibabaCloudPdsApi',
			sendBody: true,
			specifyBody: 'json',
			jsonBody: JSON.stringify(body),
		},
	});
	const file = { drive_id: '1', parent_file_id: 'root', name: '知 识.txt', type: 'file', size: 1 };

	it.each([
		['an access token', {}],
		['a JWT app', app],
		['an AccessKey', key],
	])('makes calls with %s', async (_, credential) => {
		const run = await rig.workflow(chain(START, request(file)), { credential });
		expect(run.error).toBeUndefined();
		expect(run.items('HTTP Request')).toMatchObject([
			{ json: { upload_id: expect.any(String) as string } },
		]);
		expect(rig.service.uploads()).toMatchObject([{ name: '知 识.txt' }]);
	});

	it('gets a new token when the service refuses the old one', async () => {
		const credential = { ...app, subject: SEED.domainId };
		await rig.workflow(chain(START, request(file)), { credential });
		rig.service.revokeTokens();
		const run = await rig.workflow(chain(START, request(file)), { credential });
		expect(run.error).toBeUndefined();
		expect(rig.service.uploads()).toHaveLength(2);
	});

	it('does not fetch a token from an address of the user, past the network policy of the server', async () => {
		const local = await startLocalPds();
		try {
			const data = { ...rig.credential(app), apiBaseUrl: local.apiUrl, fetchedToken: 'kept' };
			const url = `${local.apiUrl}/v2/file/get`;
			const request = { method: 'POST', url, body: {} } as const;
			const { headers } = await new AlibabaCloudPdsApi().authenticate(data as never, request);
			expect(headers).toMatchObject({ Authorization: 'Bearer kept' });
			expect(local.calls).toEqual([]);
		} finally {
			await local.close();
		}
	});
});
