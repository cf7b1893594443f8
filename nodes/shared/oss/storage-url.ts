import { ownError } from '../errors';
import { parseUrl } from '../web-address';

/**
 * Refuses an address for the bytes that no storage of the service can have: an answer that was
 * tampered with must not send files into the network of the n8n server.
 *
 * @param step the call whose answer it is from
 * @param trusted the user named the service's base URL, so its addresses may be anything on http(s)
 * @throws {UploadError}
 */
export function assertStorageUrl(
	text: string,
	{ trusted, step }: { trusted: boolean; step?: string },
): void {
	const url = parseUrl(text);
	const why = url ? objection(url, trusted) : 'it is not a web address';
	if (!why) return;
	throw ownError({
		title: 'The upload address in the answer is not a storage address',
		description: `It was not used, because ${why}. Somebody may be tampering with the connection: check the proxy of the n8n server and the base URL in the credential.`,
		outcome: 'notSent',
		code: 'UNSAFE_STORAGE_URL',
		step,
	});
}

function objection(url: URL, trusted: boolean): string | undefined {
	const { protocol, hostname, username, password } = url;
	if (protocol !== 'https:' && protocol !== 'http:') return `it begins with ${protocol}`;
	if (username || password) return 'it carries a user name';
	if (trusted) return undefined;
	if (protocol !== 'https:') return 'it is not encrypted (https)';
	if (/^(?:[\d.]+|\[.*\])$/.test(hostname)) return 'it names a numeric address';
	const name = hostname.replace(/\.+$/, '');
	if (LOCAL.test(name) || !name.includes('.')) return 'it leads into the local network';
	return undefined;
}

/**
 * Names of this machine, of its link, of clouds' metadata and of Kubernetes' services. A public name
 * may lead to a private address all the same: that is for the egress filter, which sees the address.
 */
const LOCAL = /(?:^|\.)(?:localhost|local|internal|localdomain\d?|svc)$/;
