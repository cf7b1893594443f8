import { life, map, object, token, type Decoder } from '../../shared/decode';
import { readAnswer, sendRequest } from '../../shared/service';
import { usableUntil, type Token } from '../../shared/token-store';
import type { CallTransport } from '../../shared/transport';
import type { JwtAppAuth, PdsCredentials } from './credentials';
import { signAssertion } from './jwt';
import { WORDING } from './service-error';

const GRANT_TYPE = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

/** Lifetime of a token in seconds, if the response does not tell. */
const DEFAULT_LIFE = 7_200;

/**
 * Fetches an access token for a JWT app, for the user or service account in the credential.
 *
 * @see
 * https://www.alibabacloud.com/help/en/pds/drive-and-photo-service-dev/developer-reference/jwt-application
 */
export async function fetchAccessToken(
	transport: CallTransport,
	{ apiBaseUrl, domainId }: PdsCredentials,
	auth: JwtAppAuth,
): Promise<Token> {
	const step = 'token';
	const form = {
		grant_type: GRANT_TYPE,
		client_id: auth.appId,
		assertion: signAssertion(auth, domainId),
	};
	const response = await sendRequest(transport, {
		step,
		method: 'POST',
		url: `${apiBaseUrl}/v2/oauth/token`,
		headers: {
			Accept: 'application/json',
			'Content-Type': 'application/x-www-form-urlencoded; charset=utf-8',
		},
		body: new URLSearchParams(form).toString(),
	});
	return readAnswer(WORDING, response, { step, read: newToken });
}

const newToken: Decoder<Token> = map(
	object({ access_token: token, expires_in: life(DEFAULT_LIFE) }),
	({ access_token: accessToken, expires_in: seconds }) => ({
		accessToken,
		usableUntil: usableUntil(seconds),
	}),
);
