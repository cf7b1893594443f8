/** CRC-64/XZ (ECMA-182, reflected), as in OSS's header x-oss-hash-crc64ecma. */
const POLYNOMIAL = 0xc96c5795d7870f42n;
const ALL_ONES = 0xffffffffffffffffn;

/** Table of the 256 one-byte remainders, split into halves: 64-bit integers would be slow. */
const [HIGH, LOW] = buildTable();

/** A running CRC-64 as two unsigned 32-bit halves. */
export interface Crc64 {
	high: number;
	low: number;
}

/** The CRC-64 of all the bytes. */
export async function crc64(chunks: AsyncIterable<Uint8Array>): Promise<Crc64> {
	let high = 0xffffffff;
	let low = 0xffffffff;
	for await (const chunk of chunks) {
		for (let index = 0; index < chunk.length; index++) {
			const entry = (low ^ chunk[index]) & 0xff;
			low = ((low >>> 8) | (high << 24)) ^ LOW[entry];
			high = (high >>> 8) ^ HIGH[entry];
		}
	}
	return { high: ~high >>> 0, low: ~low >>> 0 };
}

/** Unsigned decimal, as OSS writes it. */
export function formatCrc64({ high, low }: Crc64): string {
	return ((BigInt(high) << 32n) | BigInt(low)).toString();
}

function buildTable(): [Int32Array, Int32Array] {
	const high = new Int32Array(256);
	const low = new Int32Array(256);
	for (let byte = 0; byte < 256; byte++) {
		let remainder = BigInt(byte);
		for (let bit = 0; bit < 8; bit++) {
			remainder = remainder & 1n ? (remainder >> 1n) ^ POLYNOMIAL : remainder >> 1n;
		}
		high[byte] = Number((remainder & ALL_ONES) >> 32n) | 0;
		low[byte] = Number(remainder & 0xffffffffn) | 0;
	}
	return [high, low];
}
