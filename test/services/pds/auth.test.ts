import { createHash, createSign, generateKeyPairSync, randomUUID } from 'node:crypto';
import OpenApiUtil from '@alicloud/openapi-util';
import { beforeEach, describe, expect, it } from 'vitest';
import { SEED, startLocalPds } from './index';
import { type Answer, send } from '../core/send';
import { useService } from '../core/use-service';
import { bodyOf, PdsClient, told } from './test-client';

const { appId, privateKey, userId } = SEED.jwt;
const GRANT_TYPE = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const start = Date.UTC(2026, 10, 1, 12);
let clock = start;
const service = useService(async () => await startLocalPds({ now: () => clock }));
const client = new PdsClient(service);
beforeEach(() => void (clock = start));

const file = { drive_id: SEED.driveId, parent_file_id: 'root', name: 'a', type: 'file' };

async function createWith(headers: Record<string, string>): Promise<[number, string]> {
	return told(await client.post('/v2/file/create', file, headers));
}

describe('an access token', () => {
	it('is needed', async () => {
		expect(await createWith({ authorization: '' })).toEqual([401, 'AccessTokenInvalid']);
		expect(await createWith({ authorization: 'Bearer x' })).toEqual([401, 'AccessTokenInvalid']);
		expect(await createWith({})).toEqual([200, undefined]);
	});

	it('can be revoked', async () => {
		service.revokeTokens();
		expect(await createWith({})).toEqual([401, 'AccessTokenInvalid']);
	});
});

describe('a JWT app', () => {
	const seconds = () => Math.floor(clock / 1000);

	function assertion(claims: object = {}, key = privateKey, alg = 'RS256'): string {
		const all = {
			iss: appId,
			sub: userId,
			sub_type: 'user',
			aud: SEED.domainId,
			jti: randomUUID(),
			exp: seconds() + 60,
			auto_create: false,
			...claims,
		};
		const signed = [{ alg, typ: 'JWT' }, all]
			.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
			.join('.');
		return `${signed}.${createSign('RSA-SHA256').update(signed).sign(key, 'base64url')}`;
	}

	async function token(fields: Record<string, string>): Promise<Answer> {
		return await send(`${service.apiUrl}/v2/oauth/token`, {
			method: 'POST',
			headers: { 'content-type': 'application/x-www-form-urlencoded' },
			body: new URLSearchParams({
				grant_type: GRANT_TYPE,
				client_id: appId,
				...fields,
			}).toString(),
		});
	}

	it('gets a token for a user, which ends', async () => {
		const answer = await token({ assertion: assertion() });
		expect(answer.json).toMatchObject({
			token_type: 'Bearer',
			expires_in: 7200,
			expire_time: new Date(start + 7_200_000).toISOString(),
			default_drive_id: SEED.driveId,
			domain_id: SEED.domainId,
			user_id: userId,
			role: 'user',
		});
		const { access_token } = answer.json as { access_token: string };
		const headers = { authorization: `Bearer ${access_token}` };
		expect(await createWith(headers)).toEqual([200, undefined]);
		clock += 7_200_000;
		expect(await createWith(headers)).toEqual([401, 'TokenExpired']);
	});

	it('gets one for the domain itself, and for a user it lets be made', async () => {
		const service = { sub_type: 'service', sub: SEED.domainId };
		expect((await token({ assertion: assertion(service) })).json).toMatchObject({
			role: 'superadmin',
		});
		expect(told(await token({ assertion: assertion({ sub: 'new' }) }))).toEqual([
			404,
			'NotFound.User',
		]);
		const made = await token({ assertion: assertion({ sub: 'new', auto_create: true }) });
		expect(made.json).toMatchObject({ user_id: 'new' });
	});

	it.each<[string, object]>([
		['iss', { iss: 'x' }],
		['aud', { aud: 'x' }],
		['sub', { sub: 'x', sub_type: 'service' }],
		['sub_type', { sub_type: 'admin' }],
		['jti', { jti: 'x'.repeat(15) }],
		['jti', { jti: 'x'.repeat(129) }],
		['exp', { exp: start / 1000 }],
		['nbf', { nbf: start / 1000 + 1 }],
	])('is refused for a wrong %s', async (claim, claims) => {
		const answer = await token({ assertion: assertion(claims) });
		expect(told(answer)).toEqual([400, 'InvalidParameter.Assertion']);
		expect(bodyOf(answer).message).toContain(`Its ${claim} is wrong`);
	});

	it('is refused for another key, another algorithm, and for what is no JWT', async () => {
		const { privateKey: other } = generateKeyPairSync('rsa', {
			modulusLength: 2048,
			publicKeyEncoding: { type: 'spki', format: 'pem' },
			privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
		});
		for (const bad of [assertion({}, other), assertion({}, privateKey, 'HS256'), 'a.b.c', 'x']) {
			expect(told(await token({ assertion: bad }))).toEqual([400, 'InvalidParameter.Assertion']);
		}
		expect(told(await token({ assertion: assertion(), client_id: 'x' }))[0]).toBe(400);
		expect(told(await token({ assertion: assertion(), grant_type: 'password' }))).toEqual([
			400,
			'InvalidParameterNotSupported.GrantType',
		]);
		const json = await client.post('/v2/oauth/token', { grant_type: GRANT_TYPE });
		expect(json.status).toBe(400);
	});
});

describe('an AccessKey', () => {
	const { id, secret, sts } = SEED.accessKey;
	const body = JSON.stringify(file);

	/** Headers as the official signer makes them. */
	function signed(changes: Record<string, string> = {}, key = { id, secret }) {
		const headers: Record<string, string> = {
			accept: 'application/json',
			'content-md5': createHash('md5').update(body).digest('base64'),
			'content-type': 'application/json; charset=UTF-8',
			date: new Date(clock).toUTCString(),
			'x-acs-signature-method': 'HMAC-SHA1',
			'x-acs-signature-version': '1.0',
			'x-acs-signature-nonce': randomUUID(),
			'x-acs-version': '2022-03-01',
			...changes,
		};
		const request = { method: 'POST', pathname: '/v2/file/create', query: {}, headers };
		const util =
			(OpenApiUtil as unknown as { default?: typeof OpenApiUtil }).default ?? OpenApiUtil;
		const text = util.getStringToSign(request as Parameters<typeof util.getStringToSign>[0]);
		return { ...headers, authorization: `acs ${key.id}:${util.getROASignature(text, key.secret)}` };
	}

	async function call(headers: Record<string, string>, sent = body): Promise<[number, string]> {
		return told(await client.post('/v2/file/create', sent, headers));
	}

	it('signs as the official SDK does', async () => {
		expect(await call(signed())).toEqual([200, undefined]);
	});

	it('may be a temporary one, with its security token signed', async () => {
		const token = { 'x-acs-security-token': sts.securityToken };
		expect(await call(signed(token, sts))).toEqual([200, undefined]);
		expect(await call(signed({}, sts))).toEqual([403, 'InvalidSecurityToken']);
	});

	it.each<[string, Record<string, string>, string]>([
		[
			'16 minutes early',
			{ date: new Date(start - 960_000).toUTCString() },
			'InvalidTimeStamp.Expired',
		],
		[
			'16 minutes late',
			{ date: new Date(start + 960_000).toUTCString() },
			'InvalidTimeStamp.Expired',
		],
		['a date in ISO form', { date: new Date(start).toISOString() }, 'InvalidDate'],
		['another Accept', { accept: '*/*' }, 'InvalidAccept'],
		['another method', { 'x-acs-signature-method': 'HMAC-SHA256' }, 'InvalidHeader'],
		['another API version', { 'x-acs-version': '2021-01-01' }, 'InvalidHeader'],
		['no nonce', { 'x-acs-signature-nonce': '' }, 'InvalidHeader'],
		['no Content-MD5', { 'content-md5': '' }, 'InvalidContentMD5'],
	])('is refused with %s', async (_what, changes, code) => {
		expect(await call(signed(changes))).toEqual([403, code]);
	});

	it('is refused with a changed body, header or key, and a second time', async () => {
		expect(await call(signed(), `${body} `)).toEqual([403, 'InvalidContentMD5']);
		const good = signed();
		expect(await call({ ...good, 'x-acs-more': '1' })).toEqual([403, 'SignatureDoesNotMatch']);
		expect(await call(signed({}, { id, secret: 'x' }))).toEqual([403, 'SignatureDoesNotMatch']);
		expect(await call(signed({}, { id: 'x', secret }))).toEqual([403, 'InvalidAccessKeyId']);
		expect(await call(good)).toEqual([200, undefined]);
		expect(await call(good)).toEqual([403, 'SignatureNonceUsed']);
	});
});

describe('a share token', () => {
	const { shareId, shareToken } = SEED;
	const shared = { ...file, drive_id: undefined, share_id: shareId };
	const headers = { 'x-share-token': shareToken };

	async function call(body: object, sent: Record<string, string>): Promise<[number, string]> {
		return told(await client.post('/v2/file/create', body, sent));
	}

	it('opens its share, and nothing else', async () => {
		expect(await call(shared, headers)).toEqual([200, undefined]);
		expect(await call(file, headers)).toEqual([401, 'AccessTokenInvalid']);
		expect(await call(shared, { 'x-share-token': 'x' })).toEqual([401, 'ShareLinkTokenInvalid']);
	});

	it('is not needed by those who have an access token', async () => {
		expect(await call(shared, {})).toEqual([200, undefined]);
	});
});
