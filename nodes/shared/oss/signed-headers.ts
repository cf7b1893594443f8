import { ownError } from '../errors';

/** Headers of the connection itself; the length is that of the file. */
const NOT_SIGNED =
	/^(?:content-length|transfer-encoding|host|connection|keep-alive|upgrade|te|trailer|expect)$/i;

/** The name of a header that would break the request, or lead it elsewhere. */
export function unsendableHeader(headers: Record<string, string>): string | undefined {
	const names = Object.keys(headers);
	const twice = (name: string) =>
		names.some((other) => other !== name && other.toLowerCase() === name.toLowerCase());
	return names.find((name) => !isSendable(name, headers[name]) || twice(name));
}

/**
 * Refuses signed headers of an answer that no storage can have asked for.
 *
 * @throws {UploadError}
 */
export function assertSignedHeaders(headers: Record<string, string>, step: string): void {
	const name = unsendableHeader(headers);
	if (name === undefined) return;
	throw ownError({
		title: 'The signed headers in the answer cannot be sent',
		description: `The header ${JSON.stringify(name)} is none that a storage signs. Somebody may be tampering with the connection: check the proxy of the n8n server and the base URL in the credential.`,
		outcome: 'notSent',
		code: 'UNSAFE_SIGNED_HEADERS',
		step,
	});
}

function isSendable(name: string, value: string): boolean {
	const isWritable = /^[\w!#$%&'*+.^`|~-]+$/.test(name) && /^[\t\x20-\x7e\x80-\xff]*$/.test(value);
	return isWritable && !NOT_SIGNED.test(name);
}
