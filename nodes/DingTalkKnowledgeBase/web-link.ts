import type { DingTalkCredentials } from './api/credentials';

/** The page of a file, folder or document in DingTalk Docs, in the region of the credential. */
export function webLink({ apiBaseUrl }: DingTalkCredentials, dentryUuid: unknown): string {
	const host = /\.io(?:[:/]|$)/.test(apiBaseUrl) ? 'alidocs.dingtalk.io' : 'alidocs.dingtalk.com';
	// Half a character has no encoding; a file that is stored is no error for that.
	const id = String(dentryUuid).replace(/\p{Surrogate}/gu, '\ufffd');
	return `https://${host}/i/nodes/${encodeURIComponent(id)}`;
}
