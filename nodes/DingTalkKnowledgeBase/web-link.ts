import type { DingTalkCredentials } from './api/credentials';

/** The page of a file, folder or document in DingTalk Docs, in the region of the credential. */
export function webLink({ apiBaseUrl }: DingTalkCredentials, dentryUuid: unknown): string {
	const host = /\.io(?:[:/]|$)/.test(apiBaseUrl) ? 'alidocs.dingtalk.io' : 'alidocs.dingtalk.com';
	return `https://${host}/i/nodes/${encodeURIComponent(String(dentryUuid))}`;
}
