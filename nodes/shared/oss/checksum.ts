import { createHash, type Hash } from 'crypto';

import { Crc64 } from './crc64';

/** The checksums that OSS reports for what it stored. */
export interface StoredChecksums {
	/** The x-oss-hash-crc64ecma header: unsigned decimal. */
	crc64?: string;
	/** The ETag header; for a simple PUT, the MD5 of the content in upper-case hex and quotes. */
	eTag?: string;
}

export type Verdict = 'equal' | 'different' | 'unknown';

/**
 * Compares what was read with what OSS stored. If OSS reports the CRC-64, it decides, whatever the
 * ETag says, which is not an MD5 in an encrypted bucket. Otherwise the MD5 decides, for which the
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

/** Compares bytes with an ETag: their MD5, unless the bucket is encrypted or there are parts. */
export async function compareETag(
	open: () => AsyncIterable<Uint8Array>,
	eTag: string | undefined,
): Promise<Verdict> {
	const md5s = valuesOf(eTag, MD5);
	return md5s.length === 0 ? 'unknown' : compare(await md5Of(open()), md5s);
}

/** Compares two ETags of one object. Those that are not MD5s prove something only if equal. */
export function compareETags(one: string | undefined, other: string | undefined): Verdict {
	const [own] = valuesOf(one, ANY);
	if (own === undefined) return 'unknown';
	if (valuesOf(other, ANY).includes(own)) return 'equal';
	return MD5.test(own) ? compare(own, valuesOf(other, MD5)) : 'unknown';
}

/** The checksums of bytes that pass, of the kinds that the storage reports for them. */
export class RunningChecksums {
	private constructor(
		private readonly stored: StoredChecksums,
		private readonly sum: Crc64,
		private readonly md5: Hash | undefined,
	) {}

	/** @param stored decides whether the MD5 is taken: only where the storage tells no CRC-64 */
	static async begin(stored: StoredChecksums): Promise<RunningChecksums> {
		const isNeeded =
			valuesOf(stored.crc64, CRC64).length === 0 && valuesOf(stored.eTag, MD5).length > 0;
		return new RunningChecksums(
			stored,
			await Crc64.begin(),
			isNeeded ? createHash('md5') : undefined,
		);
	}

	update(bytes: Uint8Array): void {
		this.sum.update(bytes);
		this.md5?.update(bytes);
	}

	/** The CRC-64 of the bytes so far, unsigned decimal. */
	get crc64(): string {
		return this.sum.decimal;
	}

	/** Compares all bytes with what the storage holds; to be called once, after the last byte. */
	compare(): Verdict {
		if (!this.md5) return compare(this.crc64, valuesOf(this.stored.crc64, CRC64));
		return compare(this.md5.digest('hex').toUpperCase(), valuesOf(this.stored.eTag, MD5));
	}
}

const CRC64 = /^\d{1,20}$/;
const MD5 = /^[0-9A-F]{32}$/;
const ANY = /./;

function compare(own: string, stored: string[]): Verdict {
	if (stored.length === 0) return 'unknown';
	return stored.every((value) => value === own) ? 'equal' : 'different';
}

/** Returns the values of a header as proxies may write it: weak, in lower case or as a list. */
function valuesOf(header = '', form: RegExp): string[] {
	const values = header.split(',').map((value) => value.trim().replace(/^W\/|"/gi, ''));
	return values.map((value) => value.toUpperCase()).filter((value) => form.test(value));
}

/** Returns the MD5 in upper-case hex, as OSS writes it. */
export async function md5Of(chunks: AsyncIterable<Uint8Array>): Promise<string> {
	const hash = createHash('md5');
	for await (const chunk of chunks) hash.update(chunk);
	return hash.digest('hex').toUpperCase();
}
