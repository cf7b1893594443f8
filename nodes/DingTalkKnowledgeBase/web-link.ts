import type { DingTalkCredentials } from './api/credentials';

/**
 * Returns the link to a file, folder or document in DingTalk Docs, in the region of the credential.
 */
export function webLink(credentials: DingTalkCredentials, dentryUuid: unknown): string {
	return `https://${hostOf(credentials)}/i/nodes/${segment(dentryUuid)}`;
}

/** Returns the link to a knowledge base, in the region of the credential. */
export function knowledgeBaseLink(credentials: DingTalkCredentials, workspaceId: string): string {
	return `https://${hostOf(credentials)}/i/spaces/${segment(workspaceId)}/overview`;
}

function hostOf({ apiBaseUrl }: DingTalkCredentials): string {
	return /\.io(?:[:/]|$)/.test(apiBaseUrl) ? 'alidocs.dingtalk.io' : 'alidocs.dingtalk.com';
}

function segment(given: unknown): string {
	// Half a surrogate pair cannot be encoded, and a stored file must not fail for that.
	return encodeURIComponent(String(given).replace(/\p{Surrogate}/gu, '\ufffd'));
}
