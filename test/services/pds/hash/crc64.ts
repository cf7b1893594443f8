/** ECMA-182's polynomial, reflected: the CRC that OSS and PDS give. */
const POLYNOMIAL = 0xc96c5795d7870f42n;
const BITS = 64;

/** What a bit of a CRC turns into when more bytes follow: one row per bit. */
type Matrix = bigint[];

const oneBit: Matrix = [
	POLYNOMIAL,
	...Array.from({ length: BITS - 1 }, (_none, i) => 1n << BigInt(i)),
];

function apply(matrix: Matrix, crc: bigint): bigint {
	let result = 0n;
	for (let bit = 0, rest = crc; rest > 0n; bit++, rest >>= 1n) {
		if (rest & 1n) result ^= matrix[bit];
	}
	return result;
}

function multiply(left: Matrix, right: Matrix): Matrix {
	return right.map((row) => apply(left, row));
}

/** By length: the parts of an upload are of one size, but there may be ten thousand of them. */
const known = new Map<number, Matrix>();

function matrixFor(bytes: number): Matrix {
	const found = known.get(bytes);
	if (found) return found;
	let power = oneBit;
	let matrix: Matrix | undefined;
	for (let rest = BigInt(bytes) * 8n; rest > 0n; rest >>= 1n) {
		if (rest & 1n) matrix = matrix ? multiply(power, matrix) : power;
		power = multiply(power, power);
	}
	if (!matrix) throw new Error('No bytes, no matrix');
	known.set(bytes, matrix);
	return matrix;
}

/** The CRC of two runs of bytes together, from each one's CRC, both in decimal. */
export function combineCrc64(first: string, second: string, secondBytes: number): string {
	if (secondBytes === 0) return first;
	return (apply(matrixFor(secondBytes), BigInt(first)) ^ BigInt(second)).toString();
}
