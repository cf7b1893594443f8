import { createHash, createHmac, createVerify, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';

import { signAssertion, toPem } from '../../../../nodes/AlibabaCloudPds/api/jwt';
import { signRequest } from '../../../../nodes/AlibabaCloudPds/api/sign-request';
import { SEED } from '../../../services/pds';
import { usePdsRig } from '../support/rig';

const rig = usePdsRig();

const app = { authType: 'jwtApp', appId: SEED.jwt.appId, privateKey: SEED.jwt.privateKey };
const user = { ...app, subjectType: 'user', subject: SEED.jwt.userId };
const { id: accessKeyId, secret: accessKeySecret, sts } = SEED.accessKey;
const key = { authType: 'accessKey', accessKeyId, accessKeySecret };
const temporaryKey = {
	authType: 'accessKey',
	accessKeyId: sts.id,
	accessKeySecret: sts.secret,
	securityToken: sts.securityToken,
};

describe('an upload', () => {
	it.each([
		['an access token', {}],
		['a JWT app in the name of the domain', app],
		['a JWT app in the name of a user', user],
		['an AccessKey', key],
		['a temporary AccessKey', temporaryKey],
	])('is let in with %s', async (_, credential) => {
		const { error, json } = await rig.upload('内容', {}, { credential });
		expect(error).toBeUndefined();
		expect(json).toMatchObject([{ size: 6 }]);
	});

	it('sends the token to the API alone, not to the storage', async () => {
		await rig.upload('x');
		for (const { name, headers } of rig.service.calls) {
			expect(Boolean(headers.authorization), name).toBe(name !== 'partPut');
		}
	});

	it.each([
		['access token', { accessToken: 'wrong' }, 'did not accept the access token'],
		['AccessKey ID', { ...key, accessKeyId: 'LTAIwrong' }, 'does not know the AccessKey ID'],
		['AccessKey secret', { ...key, accessKeySecret: 'wrong' }, 'did not accept the signature'],
		['STS secret', { ...temporaryKey, accessKeySecret: 'wrong' }, 'did not accept the signature'],
		['app ID', { ...app, appId: 'wrong' }, 'rejected a parameter'],
		['user', { ...user, subject: 'nobody' }, 'cannot find it'],
	])('is refused with a wrong %s, in words', async (_, credential, message) => {
		const { shown } = await rig.upload('x', {}, { credential });
		expect(shown.message).toContain(message);
		expect(shown.data).toMatchObject({ requestId: expect.any(String) as string });
		expect(rig.service.files()).toEqual([]);
	});
});

describe('the token of a JWT app', () => {
	it('is fetched once for many files and executions', async () => {
		const credential = { ...app, privateKey: `${SEED.jwt.privateKey}\n\n` };
		const input = await rig.items(['a', 'b']);
		const parameters = { resource: 'file', operation: 'upload', driveId: SEED.driveId };
		const before = rig.service.callsOf('token').length;
		await rig.run(parameters, { input, credential: { ...credential, subject: '' } });
		await rig.run(parameters, { input, credential: { ...credential, subject: '' } });
		expect(rig.service.callsOf('token').length - before).toBeLessThanOrEqual(1);
		expect(rig.service.files()).toHaveLength(4);
	});

	it('is replaced once when the service refuses it', async () => {
		await rig.upload('x', {}, { credential: user });
		rig.service.reset();
		rig.service.revokeTokens();
		const { error } = await rig.upload('y', {}, { credential: user });
		expect(error).toBeUndefined();
		expect(rig.callNames()).toEqual([
			'createFile',
			'token',
			'createFile',
			'partPut',
			'completeFile',
		]);
	});

	it('is not asked for again and again', async () => {
		const fault = { kind: 'apiError', status: 401, code: 'AccessTokenInvalid' } as const;
		rig.service.fail({ call: 'createFile', times: 9, fault });
		const { shown } = await rig.upload('y', {}, { credential: user });
		expect(shown.message).toBe('Alibaba Cloud PDS did not accept the access token');
		expect(rig.service.callsOf('createFile')).toHaveLength(2);
	});
});

describe('an assertion', () => {
	const { publicKey, privateKey } = generateKeyPairSync('rsa', {
		modulusLength: 2048,
		publicKeyEncoding: { type: 'spki', format: 'pem' },
		privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
	});
	const auth = {
		type: 'jwtApp',
		appId: 'app',
		subject: 'bj1',
		subjectType: 'service',
		privateKey,
	} as const;

	it('has the claims of the documentation and is signed by RS256', () => {
		const [header, payload, signature] = signAssertion(auth, 'bj1', 1_800_000_000_000).split('.');
		const decode = (part: string) =>
			JSON.parse(Buffer.from(part, 'base64url').toString()) as object;
		expect(decode(header)).toEqual({ alg: 'RS256', typ: 'JWT' });
		expect(decode(payload)).toEqual({
			iss: 'app',
			sub: 'bj1',
			sub_type: 'service',
			aud: 'bj1',
			jti: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
			iat: 1_799_999_700,
			exp: 1_800_000_300,
		});
		const verified = createVerify('RSA-SHA256').update(`${header}.${payload}`);
		expect(verified.verify(publicKey, signature, 'base64url')).toBe(true);
	});

	it.each([
		['on one line', privateKey.replace(/\n/g, ' ')],
		['with \\n for line breaks', privateKey.replace(/\n/g, '\\n')],
		['with spaces around', `  ${privateKey}  `],
		['as it is', privateKey],
	])('takes a key that was pasted %s', (_, pasted) => {
		expect(signAssertion({ ...auth, privateKey: pasted }, 'bj1')).toMatch(
			/^[\w-]+\.[\w-]+\.[\w-]+$/,
		);
	});

	it('says without quoting it that a key cannot be used', () => {
		const sign = () => signAssertion({ ...auth, privateKey: 'secret text' }, 'bj1');
		expect(sign).toThrow(/private key .* cannot be used/);
		expect(sign).not.toThrow(/secret text/);
		expect(toPem('secret text')).toBe('secret text');
	});
});

describe('a signed request', () => {
	const auth = { type: 'accessKey', accessKeyId: 'id', accessKeySecret: 'secret' } as const;
	const moment = { date: new Date(Date.UTC(2026, 1, 26, 10, 20, 30)), nonce: 'n' };
	const request = {
		method: 'post',
		path: '/v2/file/get',
		body: '{}',
		accept: 'application/json',
		contentType: 'application/json',
	};

	it('is signed over the text of the documentation', () => {
		const md5 = createHash('md5').update('{}').digest('base64');
		const text = [
			'POST',
			'application/json',
			md5,
			'application/json',
			'Thu, 26 Feb 2026 10:20:30 GMT',
			'x-acs-signature-method:HMAC-SHA1',
			'x-acs-signature-nonce:n',
			'x-acs-signature-version:1.0',
			'x-acs-version:2022-03-01',
			'/v2/file/get',
		].join('\n');
		const signature = createHmac('sha1', 'secret').update(text).digest('base64');
		expect(signRequest({ ...auth, securityToken: '' }, request, moment)).toEqual({
			Accept: 'application/json',
			'Content-MD5': md5,
			'Content-Type': 'application/json',
			Date: 'Thu, 26 Feb 2026 10:20:30 GMT',
			'x-acs-signature-method': 'HMAC-SHA1',
			'x-acs-signature-nonce': 'n',
			'x-acs-signature-version': '1.0',
			'x-acs-version': '2022-03-01',
			Authorization: `acs id:${signature}`,
		});
	});

	it('covers the security token and the query', () => {
		const plain = signRequest({ ...auth, securityToken: '' }, request, moment);
		const temporary = signRequest({ ...auth, securityToken: 't' }, request, moment);
		const asked = { ...request, query: { b: '2', a: '' } };
		const queried = signRequest({ ...auth, securityToken: '' }, asked, moment);
		expect(temporary['x-acs-security-token']).toBe('t');
		const signatures = [plain, temporary, queried].map((headers) => headers.Authorization);
		expect(new Set(signatures).size).toBe(3);
	});
});
