import type { IDataObject } from 'n8n-workflow';

import { life, map, object, token, type Decoder } from '../../shared/decode';
import { postJson, readAnswer } from '../../shared/service';
import { usableUntil, type Token } from '../../shared/token-store';
import type { CallTransport } from '../../shared/transport';
import type { DingTalkCredentials } from './credentials';
import { WORDING } from './service-error';

/** Lifetime of a token in seconds, if the response does not tell. */
const DEFAULT_LIFE = 7_200;

/**
 * Fetches an access token, valid for 7,200 seconds. During that time an internal app gets the same
 * token again.
 *
 * @see https://open.dingtalk.com/document/development/obtain-the-access-token-of-an-internal-app
 * @see https://open.dingtalk.com/document/development/obtains-the-enterprise-authorized-credential
 */
export async function fetchAccessToken(
	transport: CallTransport,
	credentials: DingTalkCredentials,
): Promise<Token> {
	const step = 'token';
	const { path, body } = tokenRequest(credentials);
	const url = `${credentials.apiBaseUrl}${path}`;
	const response = await postJson(transport, { step, url, body });
	return readAnswer(WORDING, response, { step, read: newToken });
}

/** Returns path and body of the token call for the app type. */
function tokenRequest(credentials: DingTalkCredentials): { path: string; body: IDataObject } {
	const { appType, appKey, appSecret, corpId, suiteTicket } = credentials;
	if (appType === 'internal')
		return { path: '/v1.0/oauth2/accessToken', body: { appKey, appSecret } };
	return {
		path: '/v1.0/oauth2/corpAccessToken',
		body: { suiteKey: appKey, suiteSecret: appSecret, authCorpId: corpId, suiteTicket },
	};
}

const newToken: Decoder<Token> = map(
	object({ accessToken: token, expireIn: life(DEFAULT_LIFE) }),
	({ accessToken, expireIn }) => ({ accessToken, usableUntil: usableUntil(expireIn) }),
);
