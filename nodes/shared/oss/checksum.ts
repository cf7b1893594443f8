import { createHash } from 'crypto';

/** What OSS says it stored. */
export interface StoredChecksums {
	/** The header x-oss-hash-crc64ecma: unsigned decimal. */
	crc64?: string;
	/** The ETag header; of a simple PUT it is the MD5 of the content, upper-case hex in quotes. */
	eTag?: string;
}

export type Verdict = 'equal' | 'different' | 'unknown';

/**
 * Compares what was read with what OSS stored. Where it tells the CRC-64, that decides, whatever the
 * ETag says, which is another thing in an encrypted bucket. Without it the MD5 does, for which the
 * bytes are read again.
 *
 * @param crc64 of what was read, unsigned decimal
 */
export async function compareChecksums(
	crc64: string,
	stored: StoredChecksums,
	reopen: () => AsyncIterable<Uint8Array>,
): Promise<Verdict> {
	const verdict = compare(crc64, valuesOf(stored.crc64, CRC64));
	return verdict === 'unknown' ? await compareETag(reopen, stored.eTag) : verdict;
}

/** Compares bytes with an ETag, which is an MD5 unless the bucket is encrypted or the object has parts. */
export async function compareETag(
	open: () => AsyncIterable<Uint8Array>,
	eTag: string | undefined,
): Promise<Verdict> {
	const md5s = valuesOf(eTag, MD5);
	return md5s.length === 0 ? 'unknown' : compare(await md5Of(open()), md5s);
}

/** Compares two ETags of one thing. Those that are no MD5 tell nothing unless they are the same. */
export function compareETags(one: string | undefined, other: string | undefined): Verdict {
	const [own] = valuesOf(one, ANY);
	if (own === undefined) return 'unknown';
	if (valuesOf(other, ANY).includes(own)) return 'equal';
	return MD5.test(own) ? compare(own, valuesOf(other, MD5)) : 'unknown';
}

const CRC64 = /^\d{1,20}$/;
const MD5 = /^[0-9A-F]{32}$/;
const ANY = /./;

function compare(own: string, stored: string[]): Verdict {
	if (stored.length === 0) return 'unknown';
	return stored.every((value) => value === own) ? 'equal' : 'different';
}

/** The values of a header as proxies write it: marked as weak, in small letters, twice in a list. */
function valuesOf(header = '', form: RegExp): string[] {
	const values = header.split(',').map((value) => value.trim().replace(/^W\/|"/gi, ''));
	return values.map((value) => value.toUpperCase()).filter((value) => form.test(value));
}

/** Upper-case hex, as OSS writes it. */
export async function md5Of(chunks: AsyncIterable<Uint8Array>): Promise<string> {
	const hash = createHash('md5');
	for await (const chunk of chunks) hash.update(chunk);
	return hash.digest('hex').toUpperCase();
}
