import type { TransportError } from '../transport';

/** Where the address of a proxy is set. */
const VARIABLES = 'HTTPS_PROXY, HTTP_PROXY or ALL_PROXY on the n8n server';

/** Error texts for each kind of network failure; host and target as in {@link TransportError}. */
export const TRANSPORT_TEXTS: Record<
	TransportError['failure'],
	(host: string, code: string, target: string) => { title: string; description: string }
> = {
	dns: (host) => ({
		title: `The address of ${host} could not be found`,
		description: 'Check the DNS settings of the n8n server and the base URL in the credential.',
	}),
	connect: (host) => ({
		title: `No connection to ${host}`,
		description:
			'Check that the n8n server can reach this host: firewall, proxy (HTTPS_PROXY, NO_PROXY) and the base URL in the credential.',
	}),
	proxy: (proxy) => ({
		title: `No connection to the proxy ${proxy}`,
		description: `Its address comes from ${VARIABLES}. Correct that environment variable, e.g. http://proxy:8080, or exempt the host of the service with NO_PROXY, then restart the server.`,
	}),
	proxyCertificate: (proxy) => ({
		title: `The certificate of the proxy ${proxy} is not trusted`,
		description: `This proxy is set with https:// in ${VARIABLES}. Add its CA certificate with NODE_EXTRA_CA_CERTS, or correct the variable, then restart the server. If the certificate has expired, ask the administrator of the proxy for a new one.`,
	}),
	proxyOtherName: (proxy) => ({
		title: `The certificate of the proxy ${proxy} is for another host`,
		description: `${VARIABLES} must name the proxy as its certificate does. Correct that environment variable and restart the server. If it is correct, another server answers at this address: ask the administrator of the proxy.`,
	}),
	proxyTls: (proxy) => ({
		title: `The secure connection to the proxy ${proxy} failed`,
		description: `The certificate is not the cause. Most proxies use plain HTTP, even for secure services: set an address with http:// in ${VARIABLES}, e.g. http://proxy:8080, and restart the server. In HTTPS_PROXY, an address without http:// means https://.`,
	}),
	proxyTunnel: (proxy, code, target) => ({
		title: `The proxy ${proxy} opened no tunnel to ${target}`,
		description: `${withoutTunnel(code)}. Check that ${VARIABLES} sets an HTTP proxy with its port, ask the administrator of the proxy whether it allows this host, or exempt the host with NO_PROXY.`,
	}),
	proxyRefusal: (host, code) => ({
		title: `The proxy refuses connections to ${host}`,
		description: `It answered with status ${code.replace('PROXY_HTTP_', '')}. Ask the administrator of the proxy to allow this host, or exempt it with NO_PROXY on the n8n server.`,
	}),
	certificate: (host) => ({
		title: `The certificate of ${host} is not trusted`,
		description:
			'If a company proxy inspects traffic, add its CA certificate to the n8n server with NODE_EXTRA_CA_CERTS.',
	}),
	otherName: (host) => ({
		title: `The certificate is not for ${host}`,
		description:
			'Another server answers at this address, or a proxy in front of it. Check the base URL in the credential, and the DNS settings and proxy of the n8n server.',
	}),
	tls: (host) => ({
		title: `The secure connection to ${host} failed`,
		description:
			'The certificate is not the cause: something on the way breaks TLS, or the address uses https for a server that only supports http. Check the base URL in the credential, the proxy variables and firewalls that inspect traffic.',
	}),
	proxyLogin: (host) => ({
		title: `The proxy on the way to ${host} requires a login`,
		description:
			'Add the user name and password to the proxy address in the environment variable of the n8n server: http://user:password@proxy:8080.',
	}),
	proxyAddress: (_, variable) => ({
		title: `The address of the proxy in ${variable} is not valid`,
		description: `Correct the environment variable ${variable} of the n8n server, e.g. http://proxy:8080, and restart the server.`,
	}),
	proxySocks: (_, variable) => ({
		title: `The proxy in ${variable} is a SOCKS proxy, which is not supported`,
		description: `Only proxies with http:// or https:// are supported. Set the address of one in the environment variable ${variable} of the n8n server, e.g. http://proxy:8080, or exempt the host of the service with NO_PROXY, then restart the server.`,
	}),
	invalid: (host) => ({
		title: `The request to ${host} cannot be sent`,
		description:
			'A header or the address is not valid in HTTP. Use the headers and the address exactly as the service returned them.',
	}),
	reset: (host) => ({
		title: `The connection to ${host} broke`,
		description: 'Run the workflow again. If this happens often, check proxies and firewalls.',
	}),
	notHttp: (host) => ({
		title: `${host} did not answer in HTTP`,
		description:
			'Another kind of server answers here, or a proxy or firewall changes the response: check the base URL in the credential, proxies and firewalls.',
	}),
	stalled: (host) => ({
		title: `The connection to ${host} stalled`,
		description:
			'Run the workflow again. On a very slow connection, raise the option "Timeout" and lower "Max Concurrency".',
	}),
	forbidden: (host) => ({
		title: `This n8n server does not allow connections to ${host}`,
		description:
			'The operator of the server can allow the host with N8N_SSRF_ALLOWED_HOSTNAMES or N8N_SSRF_ALLOWED_IP_RANGES.',
	}),
	oversize: (host) => ({
		title: `The answer from ${host} is far too large`,
		description: 'Another server seems to answer here: check the base URL and the proxy.',
	}),
	encoded: (host) => ({
		title: `The answer from ${host} is encoded and cannot be read`,
		description:
			'The node asks for uncompressed responses, but a proxy or gateway encodes them anyway: exclude this host there.',
	}),
	cancelled: () => ({
		title: 'The execution was cancelled',
		description: 'Running transfers were stopped, and no new call was made.',
	}),
};

const HUNG_UP = new Set(['PROXY_HUNG_UP', 'ECONNRESET', 'EPIPE']);

/** Returns what the proxy did instead of opening a tunnel. */
function withoutTunnel(code: string): string {
	if (HUNG_UP.has(code)) return 'It hung up';
	return code === 'UND_ERR_CONNECT_TIMEOUT' ? 'It did not answer' : 'It did not answer in HTTP';
}

/**
 * Returns the texts for a call without a response: it needs other advice than a stalled upload.
 *
 * @param patience milliseconds of silence
 */
export function stalledCall(
	host: string,
	patience: number,
): { title: string; description: string } {
	return {
		title: `${host} did not answer`,
		description: `There was no response for ${Math.round(patience / 1000)} seconds. Run the workflow again later. If this happens often, check proxies and firewalls.`,
	};
}
