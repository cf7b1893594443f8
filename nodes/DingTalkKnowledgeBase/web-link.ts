import type { DingTalkCredentials } from './api/credentials';

/**
 * Returns the link to a file, folder or document in DingTalk Docs, in the region of the credential.
 */
export function webLink({ apiBaseUrl }: DingTalkCredentials, dentryUuid: unknown): string {
	const host = /\.io(?:[:/]|$)/.test(apiBaseUrl) ? 'alidocs.dingtalk.io' : 'alidocs.dingtalk.com';
	// Half a surrogate pair cannot be encoded, and a stored file must not fail for that.
	const id = String(dentryUuid).replace(/\p{Surrogate}/gu, '\ufffd');
	return `https://${host}/i/nodes/${encodeURIComponent(id)}`;
}
