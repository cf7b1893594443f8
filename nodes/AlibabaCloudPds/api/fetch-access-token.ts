import type { IDataObject } from 'n8n-workflow';

import { toUploadError } from '../../shared/errors';
import { lifeIn, tokenIn } from '../../shared/json';
import { usableUntil, type Token } from '../../shared/token-store';
import type { HttpResponse, Transport } from '../../shared/transport';
import { readAnswer } from './answer';
import type { JwtAppAuth, PdsCredentials } from './credentials';
import { signAssertion } from './jwt';

const GRANT_TYPE = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

/** Milliseconds without progress. */
const TIMEOUT = 30_000;

/** Life of a token whose answer does not tell: seconds. */
const DEFAULT_LIFE = 7_200;

/**
 * Fetches an access token for a JWT app; its user or service account is the one of the credential.
 *
 * @see https://www.alibabacloud.com/help/en/pds/drive-and-photo-service-dev/developer-reference/jwt-application
 */
export async function fetchAccessToken(
	transport: Transport,
	{ apiBaseUrl, domainId }: PdsCredentials,
	auth: JwtAppAuth,
): Promise<Token> {
	const form = {
		grant_type: GRANT_TYPE,
		client_id: auth.appId,
		assertion: signAssertion(auth, domainId),
	};
	const response = await sendForm(transport, `${apiBaseUrl}/v2/oauth/token`, form);
	return readAnswer(response, { step: 'token', read: readToken });
}

async function sendForm(
	transport: Transport,
	url: string,
	form: Record<string, string>,
): Promise<HttpResponse> {
	const headers = {
		Accept: 'application/json',
		'Content-Type': 'application/x-www-form-urlencoded; charset=utf-8',
	};
	const body = new URLSearchParams(form).toString();
	try {
		return await transport.send({ method: 'POST', url, headers, body, timeout: TIMEOUT });
	} catch (error) {
		throw toUploadError(error).with({ step: 'token' });
	}
}

function readToken({ access_token: token, expires_in: life }: IDataObject): Token | undefined {
	const accessToken = tokenIn(token);
	if (accessToken === undefined) return undefined;
	return { accessToken, usableUntil: usableUntil(lifeIn(life, DEFAULT_LIFE)) };
}
