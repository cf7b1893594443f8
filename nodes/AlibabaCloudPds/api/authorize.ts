import { createHash } from 'crypto';

import { withRetry } from '../../shared/retry';
import { TokenStore } from '../../shared/token-store';
import type { CallTransport } from '../../shared/transport';
import type { JwtAppAuth, PdsCredentials } from './credentials';
import { fetchAccessToken } from './fetch-access-token';
import { signRequest, type RequestToSign } from './sign-request';

/** Headers that authorize a request. */
export type Authorization = Record<string, string>;

/** Tokens belong to an app and its subject, so the whole process shares them. */
const tokens = new TokenStore();

/**
 * Returns the headers that authorize a request, by the credential's kind of authentication. Fetches
 * a token for a JWT app when there is no usable one.
 */
export async function authorize(
	transport: CallTransport,
	credentials: PdsCredentials,
	request: RequestToSign,
	signal?: AbortSignal,
): Promise<Authorization> {
	const { auth } = credentials;
	if (auth.type === 'accessKey') return signRequest(auth, request);
	if (auth.type === 'accessToken') return bearer(auth.accessToken);
	return bearer(await fetchedToken(transport, credentials, auth, signal));
}

/** Forgets a fetched token that the service refused, unless it has been replaced meanwhile. */
export function forgetToken(credentials: PdsCredentials, token: string): void {
	tokens.forget(tokenKey(credentials), token);
}

/** Returns the app's token: the kept one, or a new one. */
export async function fetchedToken(
	transport: CallTransport,
	credentials: PdsCredentials,
	auth: JwtAppAuth,
	signal?: AbortSignal,
): Promise<string> {
	const fetch = async () =>
		await withRetry(async () => await fetchAccessToken(transport, credentials, auth), {
			transport,
		});
	return await transport.orCancelled(tokens.get(tokenKey(credentials), fetch), signal);
}

/** Returns the app's token if this process has a usable one; fetches nothing. */
export function keptToken(credentials: PdsCredentials): string | undefined {
	return tokens.kept(tokenKey(credentials));
}

export function bearer(token: string): Authorization {
	return { Authorization: `Bearer ${token}` };
}

/**
 * Returns the key of a credential in the store. It includes the private key, so that a corrected
 * one takes effect.
 */
function tokenKey({ apiBaseUrl, domainId, auth }: PdsCredentials): string {
	return createHash('sha256')
		.update(JSON.stringify(['pds', apiBaseUrl, domainId, auth]))
		.digest('hex');
}
