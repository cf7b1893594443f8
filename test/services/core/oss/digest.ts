import { createHash, type Hash } from 'node:crypto';
import { createCRC64 } from 'hash-wasm';
import type { HashName, StoredBytes } from '../types';

type Crc64 = Awaited<ReturnType<typeof createCRC64>>;

/** Instances not in use: making one costs more than hashing a small file. */
const idle: Crc64[] = [];

/** Digests of a stream of bytes, and their count. */
export class Digest {
	size = 0;
	private readonly md5: Hash | undefined;
	private readonly sha256: Hash | undefined;

	private constructor(
		hashes: HashName[],
		private crc64: Crc64 | undefined,
	) {
		this.md5 = hashes.includes('md5') ? createHash('md5') : undefined;
		this.sha256 = hashes.includes('sha256') ? createHash('sha256') : undefined;
	}

	/** A digest of nothing yet. The CRC is ECMA-182's, reflected, as OSS computes it. */
	static async begin(hashes: HashName[]): Promise<Digest> {
		const crc64 = hashes.includes('crc64') ? (idle.pop() ?? (await createCRC64())) : undefined;
		crc64?.init();
		return new Digest(hashes, crc64);
	}

	update(chunk: Buffer): void {
		this.size += chunk.length;
		this.md5?.update(chunk);
		this.sha256?.update(chunk);
		this.crc64?.update(chunk);
	}

	/** The result. A digest is used once. */
	finish(): Omit<StoredBytes, 'bytes'> {
		const crc64 = this.crc64 ? BigInt(`0x${this.crc64.digest('hex')}`).toString() : '';
		const result = {
			size: this.size,
			md5: this.md5?.digest('hex') ?? '',
			sha256: this.sha256?.digest('hex') ?? '',
			crc64,
		};
		this.release();
		return result;
	}

	/** Gives the instances back, also when the bytes never came to an end. */
	release(): void {
		if (this.crc64) idle.push(this.crc64);
		this.crc64 = undefined;
	}
}
