import type { HttpResponse } from '../transport';

type Headers = HttpResponse['headers'];

/** An ETag as storages make them: an MD5 in hex, with the number of parts behind it where it has some. */
const ETAG = /^(?:W\/)?"?[0-9a-f]{32}(?:-\d+)?"?$/i;

/** What web servers put on a page, and storages not on the answer to a PUT. */
const OF_PAGES = [
	'content-range',
	'content-type',
	'location',
	'refresh',
	'set-cookie',
	'www-authenticate',
];

/** Whether an ETag has the form of those of storages. */
export function isStorageETag(eTag = ''): boolean {
	return ETAG.test(eTag);
}

/** Whether an answer has what only a storage sends. */
export function isFromStorage({ headers }: Pick<HttpResponse, 'headers'>): boolean {
	return hasOwnHeader(headers) || isStorageETag(headers.etag);
}

/**
 * Whether an answer can be the storage's word that it has the bytes, where no checksum proves it: status
 * 200 and nothing else, or with its own headers. Whatever else there is comes from a proxy: a login
 * page, a notice that the site is blocked, an error of its own.
 */
export function mayMeanStored({ status, headers, text }: HttpResponse): boolean {
	if (status !== 200 || text !== '') return false;
	return hasOwnHeader(headers) || !isOfPage(headers);
}

function hasOwnHeader(headers: Headers): boolean {
	return Object.keys(headers).some((name) => name.startsWith('x-oss-'));
}

function isOfPage({ etag, ...others }: Headers): boolean {
	const isForeign = etag !== undefined && !isStorageETag(etag);
	return isForeign || OF_PAGES.some((name) => Object.hasOwn(others, name));
}
