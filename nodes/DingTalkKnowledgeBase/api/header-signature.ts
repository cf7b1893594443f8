import { anyText, life, list, map, object, record, type Decoded } from '../../shared/decode';
import { assertSignedHeaders, assertStorageUrl } from '../../shared/oss';
import type { DingTalkClient } from './client';

/** Lifetime of the signed headers in seconds, if the response does not tell. */
const DEFAULT_LIFE = 900;

/** Addresses of the storage, the preferred one first, and the headers that were signed for them. */
export const headerSignature = map(
	object({
		resourceUrls: list(anyText),
		headers: record(anyText),
		expirationSeconds: life(DEFAULT_LIFE),
	}),
	(signature) => (signature.resourceUrls.length > 0 ? signature : undefined),
);

/**
 * Refuses an address that no storage has, and headers that no request may carry.
 *
 * @throws {UploadError} `UNSAFE_STORAGE_URL`, `UNSAFE_SIGNED_HEADERS`
 */
export function assertHeaderSignature(
	{ credentials }: DingTalkClient,
	{ resourceUrls, headers }: Pick<Decoded<typeof headerSignature>, 'resourceUrls' | 'headers'>,
	{ step, what }: { step: string; what: 'upload' | 'download' },
): void {
	assertStorageUrl(resourceUrls[0], { trusted: credentials.region === 'custom', step, what });
	assertSignedHeaders(headers, step);
}
