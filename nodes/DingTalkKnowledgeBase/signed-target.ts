import type { SignedTarget } from '../shared/oss';

/**
 * Returns the target for signed headers. They are signed with an empty Content-Type, which is sent
 * explicitly: a request without one might get a default on the way.
 *
 * @param contentType only for storages that sign another one
 */
export function headerSignedTarget(
	url: string,
	signedHeaders: Record<string, string>,
	{ contentType = '', expiresAt }: { contentType?: string; expiresAt: number },
): SignedTarget {
	const isContentType = ([name]: [string, string]) => name.toLowerCase() === 'content-type';
	const entries = Object.entries(signedHeaders);
	const [, signed = ''] = entries.find(isContentType) ?? [];
	const others = Object.fromEntries(entries.filter((entry) => !isContentType(entry)));
	const headers = { ...others, 'Content-Type': contentType || signed };
	return { url, headers, signedWith: 'headers', expiresAt };
}
