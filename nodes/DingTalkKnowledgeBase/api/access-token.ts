import { createHash } from 'crypto';

import { withRetry } from '../../shared/retry';
import { TokenStore } from '../../shared/token-store';
import type { CallTransport } from '../../shared/transport';
import type { DingTalkCredentials } from './credentials';
import { fetchAccessToken } from './fetch-access-token';

/** The service counts token calls per app, so all executions of the process share the tokens. */
const tokens = new TokenStore();

/** Returns the app's access token: the kept one, or a new one when that is about to expire. */
export async function accessToken(
	transport: CallTransport,
	credentials: DingTalkCredentials,
	signal?: AbortSignal,
): Promise<string> {
	const fetch = async () =>
		await withRetry(async () => await fetchAccessToken(transport, credentials), { transport });
	return await transport.orCancelled(tokens.get(tokenKey(credentials), fetch), signal);
}

/** Returns the app's token if this process has a usable one; fetches nothing. */
export function keptAccessToken(credentials: DingTalkCredentials): string | undefined {
	return tokens.kept(tokenKey(credentials));
}

/** Makes the next caller fetch a new token, unless the refused one has been replaced meanwhile. */
export function forgetAccessToken(credentials: DingTalkCredentials, refused: string): void {
	tokens.forget(tokenKey(credentials), refused);
}

/**
 * Does the same, but at most once a minute, when a permission is missing: a permission that was
 * just granted may need a new token.
 *
 * @returns whether the next call of {@link accessToken} may return another token
 */
export function suspectAccessToken(credentials: DingTalkCredentials, refused: string): boolean {
	return tokens.suspect(tokenKey(credentials), refused);
}

/**
 * Returns the key of an app in the store. It includes the secret, so that a corrected one takes
 * effect immediately.
 */
export function tokenKey(credentials: DingTalkCredentials): string {
	const { apiBaseUrl, appType, appKey, appSecret, corpId, suiteTicket } = credentials;
	const parts = [apiBaseUrl, appType, appKey, appSecret, corpId, suiteTicket];
	return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
