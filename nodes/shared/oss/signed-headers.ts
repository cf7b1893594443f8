import { ownError } from '../errors';

/** Headers that belong to the connection, or that are set from the file. */
const NOT_SIGNED =
	/^(?:content-length|transfer-encoding|host|connection|keep-alive|upgrade|te|trailer|expect)$/i;

/** Returns the name of a header that would break or divert the request, if there is one. */
export function unsendableHeader(headers: Record<string, string>): string | undefined {
	const names = Object.keys(headers);
	const twice = (name: string) =>
		names.some((other) => other !== name && other.toLowerCase() === name.toLowerCase());
	return names.find((name) => !isSendable(name, headers[name]) || twice(name));
}

/**
 * Refuses signed headers in a response that no storage can have requested.
 *
 * @throws {UploadError} `UNSAFE_SIGNED_HEADERS`
 */
export function assertSignedHeaders(headers: Record<string, string>, step: string): void {
	const name = unsendableHeader(headers);
	if (name === undefined) return;
	throw ownError({
		title: 'The signed headers in the answer cannot be sent',
		description: `No storage signs the header ${JSON.stringify(name)}. Someone may be tampering with the connection: check the proxy of the n8n server and the base URL in the credential.`,
		outcome: 'notSent',
		code: 'UNSAFE_SIGNED_HEADERS',
		step,
	});
}

function isSendable(name: string, value: string): boolean {
	const isWritable = /^[\w!#$%&'*+.^`|~-]+$/.test(name) && /^[\t\x20-\x7e\x80-\xff]*$/.test(value);
	return isWritable && !NOT_SIGNED.test(name);
}
