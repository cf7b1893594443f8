import { createHash } from 'crypto';

import { withRetry } from '../../shared/retry';
import { TokenStore } from '../../shared/token-store';
import type { CallTransport } from '../../shared/transport';
import type { JwtAppAuth, PdsCredentials } from './credentials';
import { fetchAccessToken } from './fetch-access-token';
import { signRequest, type RequestToSign } from './sign-request';

/** Headers that let a request in. */
export type Authorization = Record<string, string>;

/** Tokens belong to an app and its subject, so they are shared by the process. */
const tokens = new TokenStore();

/**
 * What a request has to carry by the credential's kind of authentication; the token of a JWT app is
 * fetched when there is none that can be used.
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

/** Forgets a fetched token that the service refused, unless it was replaced meanwhile. */
export function forgetAuthorization(
	credentials: PdsCredentials,
	{ Authorization: header = '' }: Authorization,
): void {
	tokens.forget(tokenKey(credentials), header.replace(/^Bearer /, ''));
}

/** The app's token: the one at hand, or a new one. */
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

/** The app's token if this process has one that can be used; nothing is fetched. */
export function keptToken(credentials: PdsCredentials): string | undefined {
	return tokens.kept(tokenKey(credentials));
}

export function bearer(token: string): Authorization {
	return { Authorization: `Bearer ${token}` };
}

/** Names a credential in the store; the key is part of it, so that a corrected one is tried. */
function tokenKey({ apiBaseUrl, domainId, auth }: PdsCredentials): string {
	return createHash('sha256')
		.update(JSON.stringify(['pds', apiBaseUrl, domainId, auth]))
		.digest('hex');
}
