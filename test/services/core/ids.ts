import { createHash, randomBytes, randomUUID } from 'node:crypto';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

function alphanumeric(bytes: Uint8Array): string {
	return Array.from(bytes, (byte) => ALPHABET[byte % ALPHABET.length]).join('');
}

/** An id of mixed-case letters and digits that is the same for the same name, always. */
export function knownId(name: string, length = 32): string {
	return alphanumeric(createHash('sha512').update(name).digest().subarray(0, length));
}

/** A number as text that is the same for the same name, always. */
export function knownNumber(name: string, digits = 11): string {
	const number = createHash('sha512').update(name).digest().readBigUInt64BE();
	const lowest = 10n ** BigInt(digits - 1);
	return String(lowest + (number % (9n * lowest)));
}

/** A new random id of mixed-case letters and digits. */
export function newId(length = 32): string {
	return alphanumeric(randomBytes(length));
}

/** A new random number as text. */
export function newNumber(digits = 11): string {
	return knownNumber(randomUUID(), digits);
}

/** A request id as DingTalk prints it. */
export function newRequestId(): string {
	return randomUUID().toUpperCase();
}

/** A request id as OSS prints it. */
export function newOssRequestId(): string {
	return randomBytes(12).toString('hex').toUpperCase();
}
