import { createCRC64, type IHasher } from '../vendor/hash-wasm';

/** One hasher for the process: creating another costs more than the checksum of a small file. */
let engine: Promise<{ hasher: IHasher; start: Uint8Array }> | undefined;

/**
 * An incremental CRC-64/XZ (ECMA-182, reflected), as in OSS's header x-oss-hash-crc64ecma.
 *
 * All instances share one hasher: each saves the state and restores it before it goes on.
 */
export class Crc64 {
	private constructor(
		private readonly hasher: IHasher,
		private state: Uint8Array,
	) {}

	/** Starts a CRC-64. */
	static async begin(): Promise<Crc64> {
		engine ??= createCRC64().then((hasher) => ({ hasher, start: hasher.init().save() }));
		const { hasher, start } = await engine;
		return new Crc64(hasher, start);
	}

	update(bytes: Uint8Array): void {
		this.state = this.hasher.load(this.state).update(bytes).save();
	}

	/** The CRC-64 of the bytes so far as OSS writes it: unsigned decimal. */
	get decimal(): string {
		return BigInt(`0x${this.hasher.load(this.state).digest('hex')}`).toString();
	}
}

/** A polynomial over GF(2), reflected, as two 32-bit halves: 64-bit integers would be slow. */
type Polynomial = readonly [high: number, low: number];

/** The polynomial of ECMA-182. */
const MODULUS: Polynomial = [0xc96c5795, 0xd7870f42];
const ONE: Polynomial = [0x80000000, 0];
/** The factor for a CRC when one byte follows. */
const BYTE: Polynomial = [0x00800000, 0];

/**
 * Returns the CRC-64 of consecutive pieces, from the CRC-64 of each.
 *
 * @param pieces in order; `size` in bytes, `crc64` unsigned decimal
 */
export function combineCrc64(pieces: Array<{ size: number; crc64: string }>): string {
	const shifts = new Map<number, Polynomial>();
	let [high, low]: Polynomial = [0, 0];
	for (const { size, crc64 } of pieces) {
		const shift = shifts.get(size) ?? power(size);
		shifts.set(size, shift);
		[high, low] = multiply([high, low], shift);
		const own = BigInt(crc64);
		high ^= Number(own >> 32n);
		low ^= Number(own & 0xffffffffn);
	}
	return ((BigInt(high >>> 0) << 32n) | BigInt(low >>> 0)).toString();
}

/** Returns the factor for a CRC when this many bytes follow. */
function power(bytes: number): Polynomial {
	let result = ONE;
	let square = BYTE;
	for (let rest = bytes; rest > 0; rest = Math.floor(rest / 2)) {
		if (rest % 2 === 1) result = multiply(result, square);
		square = multiply(square, square);
	}
	return result;
}

function multiply(one: Polynomial, [high, low]: Polynomial): Polynomial {
	let [productHigh, productLow] = [0, 0];
	for (const word of one) {
		for (let bit = 31; bit >= 0; bit--) {
			if ((word >>> bit) & 1) {
				productHigh ^= high;
				productLow ^= low;
			}
			const carry = low & 1;
			low = (low >>> 1) | (high << 31);
			high >>>= 1;
			if (carry) {
				high ^= MODULUS[0];
				low ^= MODULUS[1];
			}
		}
	}
	return [productHigh, productLow];
}
