import { ApiError, LegacyError } from '../errors';
import { checkFields } from '../fields';
import { SEED } from '../seed';
import type { Endpoint } from './endpoint';

const text = { type: 'string', required: true } as const;

function checkTicket(ticket: unknown): void {
	if (ticket === SEED.thirdPartyApp.suiteTicket) return;
	// UNCONFIRMED code: no official page prints one.
	throw new ApiError(400, 'invalidSuiteTicket', '无效的suiteTicket');
}

function checkCorp(corpId: unknown): void {
	if (corpId === SEED.corpId) return;
	// UNCONFIRMED code, as above.
	throw new ApiError(400, 'invalidCorpId', '无效的corpId');
}

/** The calls that hand out access tokens. */
export const oauthEndpoints: Endpoint[] = [
	{
		name: 'token',
		method: 'POST',
		path: '/v1.0/oauth2/accessToken',
		access: 'anonymous',
		handle({ world, body }) {
			const { appKey, appSecret } = checkFields(body, { appKey: text, appSecret: text });
			const accessToken = world.grants.internal(String(appKey), String(appSecret));
			return { accessToken, expireIn: world.grants.lifeSeconds };
		},
	},
	{
		name: 'corpToken',
		method: 'POST',
		path: '/v1.0/oauth2/corpAccessToken',
		access: 'anonymous',
		handle({ world, body }) {
			const given = checkFields(body, {
				suiteKey: text,
				suiteSecret: text,
				authCorpId: text,
				suiteTicket: text,
			});
			const key = String(given.suiteKey);
			const accessToken = world.grants.thirdParty(key, String(given.suiteSecret));
			checkTicket(given.suiteTicket);
			checkCorp(given.authCorpId);
			return { accessToken, expireIn: world.grants.lifeSeconds };
		},
	},
	{
		name: 'unifiedToken',
		method: 'POST',
		path: '/v1.0/oauth2/:corpId/token',
		access: 'anonymous',
		handle({ world, params, body }) {
			const given = checkFields(body, { client_id: text, client_secret: text, grant_type: text });
			if (given.grant_type !== 'client_credentials') {
				throw new ApiError(400, 'unsupported.grant.type', 'unsupported grant type');
			}
			checkCorp(params.corpId);
			const id = String(given.client_id);
			const secret = String(given.client_secret);
			const isSuite = id === SEED.thirdPartyApp.suiteKey;
			try {
				const grants = world.grants;
				const token = isSuite ? grants.thirdParty(id, secret) : grants.internal(id, secret);
				return { access_token: token, expires_in: grants.lifeSeconds };
			} catch {
				throw new ApiError(400, 'invalid.client', 'invalid client');
			}
		},
	},
	{
		name: 'legacyToken',
		method: 'GET',
		path: '/gettoken',
		access: 'anonymous',
		handle({ world, query }) {
			try {
				const token = world.grants.internal(query.appkey, query.appsecret);
				const expires = world.grants.lifeSeconds;
				return { errcode: 0, access_token: token, errmsg: 'ok', expires_in: expires };
			} catch {
				throw new LegacyError(40089, '不合法的appKey或appSecret');
			}
		},
	},
];
