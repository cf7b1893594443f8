import type { Permit } from '../shared/oss';

/**
 * The target of signed headers. They were signed with an empty Content-Type, and a request without
 * one might get a default on the way, so the empty one is sent.
 *
 * @param contentType only for storages that sign another one
 */
export function headerSignedTarget(
	url: string,
	signedHeaders: Record<string, string>,
	contentType = '',
): Permit['target'] {
	const others = Object.entries(signedHeaders).filter(
		([name]) => name.toLowerCase() !== 'content-type',
	);
	const headers = { ...Object.fromEntries(others), 'Content-Type': contentType };
	return { url, headers, signedWith: 'headers' };
}
