import { createHash } from 'crypto';

import { crc64, formatCrc64 } from './crc64';

/** What OSS says it stored. */
export interface StoredChecksums {
	/** The ETag header; of a simple PUT it is the MD5 of the content, upper-case hex in quotes. */
	eTag?: string;
	/** The header x-oss-hash-crc64ecma: unsigned decimal. */
	crc64?: string;
}

/** Passes chunks on while taking their MD5. */
export class Md5Meter {
	private readonly hash = createHash('md5');

	private digest?: string;

	update(chunk: Uint8Array): void {
		this.hash.update(chunk);
	}

	/** Upper-case hex, as OSS writes it. */
	get hex(): string {
		this.digest ??= this.hash.digest('hex').toUpperCase();
		return this.digest;
	}
}

export type Verdict = 'equal' | 'different' | 'unknown';

/**
 * Compares what was read with what OSS stored. The MD5 decides where the ETag is one; the CRC-64
 * only where it is not (an encrypted bucket, a multipart object) or disagrees: it needs the file to
 * be read again, and MD5 alone is three times as fast as both.
 */
export async function compareChecksums(
	md5: string,
	stored: StoredChecksums,
	reopen: () => AsyncIterable<Uint8Array>,
): Promise<Verdict> {
	const eTag = stored.eTag?.replace(/"/g, '').toUpperCase();
	if (eTag === md5) return 'equal';
	if (stored.crc64) {
		return formatCrc64(await crc64(reopen())) === stored.crc64 ? 'equal' : 'different';
	}
	return eTag && /^[0-9A-F]{32}$/.test(eTag) ? 'different' : 'unknown';
}
