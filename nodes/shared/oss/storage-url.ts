import { ownError } from '../errors';
import { parseUrl } from '../web-address';

/**
 * Refuses a URL that no storage of the service can have: a manipulated response must not send files
 * into the network of the n8n server, or fetch them from there.
 *
 * @param step the call that returned the URL
 * @param what the URL is for
 * @param trusted the user set the service's base URL, so its URLs may be any http(s) address
 * @throws {UploadError} `UNSAFE_STORAGE_URL`
 */
export function assertStorageUrl(
	text: string,
	{
		trusted,
		step,
		what = 'upload',
	}: { trusted: boolean; step?: string; what?: 'upload' | 'download' },
): void {
	const url = parseUrl(text);
	const why = url ? objection(url, trusted) : 'it is not a web address';
	if (!why) return;
	throw ownError({
		title: `The ${what} address in the answer is not a storage address`,
		description: `It was not used because ${why}. Someone may be tampering with the connection: check the proxy of the n8n server and the base URL in the credential.`,
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
 * Names of this machine, of its link, of cloud metadata services and of Kubernetes services. A
 * public name may still resolve to a private address: the egress filter checks that, because it
 * sees the address.
 */
const LOCAL = /(?:^|\.)(?:localhost|local|internal|localdomain\d?|svc)$/;
