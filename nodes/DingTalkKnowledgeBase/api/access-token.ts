import { createHash } from 'crypto';

import { withRetry } from '../../shared/retry';
import { TokenStore } from '../../shared/token-store';
import type { CallTransport } from '../../shared/transport';
import type { DingTalkCredentials } from './credentials';
import { fetchAccessToken } from './fetch-access-token';

/** The service counts token calls per app, so all executions of the process share the tokens. */
const tokens = new TokenStore();

/** The app's access token: the kept one, or a new one when that is about to end. */
export async function accessToken(
	transport: CallTransport,
	credentials: DingTalkCredentials,
	signal?: AbortSignal,
): Promise<string> {
	const fetch = async () =>
		await withRetry(async () => await fetchAccessToken(transport, credentials), { transport });
	return await transport.orCancelled(tokens.get(tokenKey(credentials), fetch), signal);
}

/** The app's token if this process has one that can be used; nothing is fetched. */
export function keptAccessToken(credentials: DingTalkCredentials): string | undefined {
	return tokens.kept(tokenKey(credentials));
}

/** Makes the next caller fetch a new token, unless the refused one was replaced meanwhile. */
export function forgetAccessToken(credentials: DingTalkCredentials, refused: string): void {
	tokens.forget(tokenKey(credentials), refused);
}

/**
 * The same, at most once a minute, for a permission that is missing: one that was just granted may
 * need a new token.
 *
 * @returns whether the next one asked for may be another one
 */
export function suspectAccessToken(credentials: DingTalkCredentials, refused: string): boolean {
	return tokens.suspect(tokenKey(credentials), refused);
}

/** Names an app in the store; the secret is part of it, so that a corrected one is tried at once. */
export function tokenKey(credentials: DingTalkCredentials): string {
	const { apiBaseUrl, appType, appKey, appSecret, corpId, suiteTicket } = credentials;
	const parts = [apiBaseUrl, appType, appKey, appSecret, corpId, suiteTicket];
	return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
