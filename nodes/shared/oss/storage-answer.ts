import type { HttpResponse } from '../transport';

/** An ETag as storages make them: an MD5 in hex, with the number of parts behind it where it has some. */
const ETAG = /^(?:W\/)?"?[0-9a-f]{32}(?:-\d+)?"?$/i;

/** What web servers put on a page, and storages not on the answer to a PUT. */
const PAGE_HEADERS = [
	...['etag', 'content-type', 'set-cookie', 'location'],
	...['refresh', 'www-authenticate', 'content-range'],
];

/** Whether an ETag has the form of those of storages. */
export function isStorageETag(eTag = ''): boolean {
	return ETAG.test(eTag);
}

/** Whether an answer has what only a storage sends. */
export function isFromStorage({ headers }: Pick<HttpResponse, 'headers'>): boolean {
	const names = Object.keys(headers);
	return isStorageETag(headers.etag) || names.some((name) => name.startsWith('x-oss-'));
}

/**
 * Whether an answer can be the storage's word that it has the bytes, where no checksum proves it: status
 * 200 and nothing else, or with its own headers. Whatever else there is comes from a proxy: a login
 * page, a notice that the site is blocked, an error of its own.
 */
export function mayMeanStored(answer: HttpResponse): boolean {
	const { status, headers, text } = answer;
	if (status !== 200 || text !== '') return false;
	const page = PAGE_HEADERS.filter((name) => Object.hasOwn(headers, name));
	const isOwn = Object.keys(headers).some((name) => name.startsWith('x-oss-'));
	return isOwn || page.every((name) => name === 'etag' && isStorageETag(headers.etag));
}
