import type { HttpResponse } from '../transport';

type Headers = HttpResponse['headers'];

/** An ETag of a storage: an MD5 in hex, followed by the number of parts if there are any. */
const ETAG = /^(?:W\/)?"?[0-9a-f]{32}(?:-\d+)?"?$/i;

/** Headers that any server sends without a body. All others come from pages, caches and gateways. */
const OF_ALL_SERVERS = [
	'connection',
	'content-length',
	'date',
	'etag',
	'keep-alive',
	'server',
	'transfer-encoding',
];

/** Whether an ETag has the form that storages use. */
export function isStorageETag(eTag = ''): boolean {
	return ETAG.test(eTag);
}

/** Whether a response has something that only a storage sends. */
export function isFromStorage({ headers }: Pick<HttpResponse, 'headers'>): boolean {
	return hasOwnHeader(headers) || isStorageETag(headers.etag);
}

/**
 * Whether a response without a checksum can still mean that the storage has the bytes: status 200
 * and nothing else, or with the storage's own headers. Anything else comes from a proxy: a login
 * page, a notice that the site is blocked, an error of its own.
 */
export function mayMeanStored({ status, headers, text }: HttpResponse): boolean {
	if (status !== 200 || text !== '') return false;
	return hasOwnHeader(headers) || isPlain(headers);
}

function hasOwnHeader(headers: Headers): boolean {
	return Object.keys(headers).some((name) => name.startsWith('x-oss-'));
}

function isPlain(headers: Headers): boolean {
	const { etag } = headers;
	if (etag !== undefined && !isStorageETag(etag)) return false;
	return Object.keys(headers).every((name) => OF_ALL_SERVERS.includes(name));
}
