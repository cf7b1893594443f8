import type { TransportError } from '../transport';

/** Where the address of a proxy stands. */
const VARIABLES = 'HTTPS_PROXY, HTTP_PROXY or ALL_PROXY of the n8n server';

/** What a failure of the network means, by kind; host and target as in {@link TransportError}. */
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
			'Check that the n8n server may reach this host: firewall, proxy (HTTPS_PROXY, NO_PROXY) and the base URL in the credential.',
	}),
	proxy: (proxy) => ({
		title: `No connection to the proxy ${proxy}`,
		description: `It stands in ${VARIABLES}. Correct that environment variable, such as http://proxy:8080, or exempt the host of the service with NO_PROXY, and start the server again.`,
	}),
	proxyCertificate: (proxy) => ({
		title: `The certificate of the proxy ${proxy} is not trusted`,
		description: `${VARIABLES} names this proxy with https://. Give the certificate of its authority to the server with NODE_EXTRA_CA_CERTS, or correct the variable, and start the server again. If the certificate has expired, ask those who run the proxy for a new one.`,
	}),
	proxyOtherName: (proxy) => ({
		title: `The certificate of the proxy ${proxy} is for another host`,
		description: `${VARIABLES} has to name the proxy as its certificate does. Correct that environment variable and start the server again. If it is right, another server answers at this address: ask those who run the proxy.`,
	}),
	proxyTls: (proxy) => ({
		title: `The secure connection to the proxy ${proxy} failed`,
		description: `The certificate is not the reason. Most proxies speak plain HTTP, for secure services too: write an address with http:// into ${VARIABLES}, such as http://proxy:8080, and start the server again. In HTTPS_PROXY an address without http:// means https://.`,
	}),
	proxyTunnel: (proxy, code, target) => ({
		title: `The proxy ${proxy} opened no tunnel to ${target}`,
		description: `${withoutTunnel(code)}. Check that ${VARIABLES} names an HTTP proxy with its port, ask those who run the proxy whether it allows this host, or exempt the host with NO_PROXY.`,
	}),
	proxyRefusal: (host, code) => ({
		title: `The proxy refuses connections to ${host}`,
		description: `It answered with status ${code.replace('PROXY_HTTP_', '')}. Ask those who run the proxy to allow this host, or exempt it with NO_PROXY on the n8n server.`,
	}),
	certificate: (host) => ({
		title: `The certificate of ${host} is not trusted`,
		description:
			'If a company proxy inspects traffic, give its certificate to the n8n server with NODE_EXTRA_CA_CERTS.',
	}),
	otherName: (host) => ({
		title: `The certificate is not for ${host}`,
		description:
			'Another server answers at this address, or a proxy in between. Check the base URL in the credential, the DNS settings and the proxy of the n8n server.',
	}),
	tls: (host) => ({
		title: `The secure connection to ${host} failed`,
		description:
			'The certificate is not the reason: something in between breaks TLS, or the address says https where only http is spoken. Check the base URL in the credential, the proxy variables and firewalls that inspect traffic.',
	}),
	proxyLogin: (host) => ({
		title: `The proxy on the way to ${host} asks for a login`,
		description:
			'Put user and password into the address of the proxy, in the variable of the n8n server that names it: http://user:password@proxy:8080.',
	}),
	proxyAddress: (_, variable) => ({
		title: `The address of the proxy in ${variable} is not valid`,
		description: `Correct the environment variable ${variable} of the n8n server, such as http://proxy:8080, and start the server again.`,
	}),
	proxySocks: (_, variable) => ({
		title: `The proxy in ${variable} is a SOCKS proxy, which cannot be used`,
		description: `Only proxies that are reached by http:// or https:// can be used. Put the address of one into the environment variable ${variable} of the n8n server, such as http://proxy:8080, or exempt the host of the service with NO_PROXY, and start the server again.`,
	}),
	invalid: (host) => ({
		title: `The request to ${host} cannot be sent`,
		description:
			'A header or the address is not valid in HTTP. Use the headers and the address exactly as they were given.',
	}),
	reset: (host) => ({
		title: `The connection to ${host} broke`,
		description: 'Run the workflow again. If it happens often, look at proxies and firewalls.',
	}),
	notHttp: (host) => ({
		title: `${host} did not answer in HTTP`,
		description:
			'Something else answers here, or a proxy or firewall changes the answer: check the base URL in the credential and what stands in between.',
	}),
	stalled: (host) => ({
		title: `The connection to ${host} stalled`,
		description:
			'Run the workflow again. On a very slow connection raise the option "Timeout" and lower "Max Concurrency".',
	}),
	forbidden: (host) => ({
		title: `This n8n server does not allow connections to ${host}`,
		description:
			'The operator of the server can allow the host with N8N_SSRF_ALLOWED_HOSTNAMES or N8N_SSRF_ALLOWED_IP_RANGES.',
	}),
	oversize: (host) => ({
		title: `The answer of ${host} is far too large`,
		description: 'Another server seems to answer here: check the base URL and the proxy.',
	}),
	encoded: (host) => ({
		title: `The answer of ${host} is encoded and cannot be read`,
		description:
			'The node asks for plain answers. A proxy or gateway in between encodes them nevertheless: exclude this host there.',
	}),
	cancelled: () => ({
		title: 'The execution was cancelled',
		description: 'Running uploads were stopped and no new call was made.',
	}),
};

const HUNG_UP = new Set(['PROXY_HUNG_UP', 'ECONNRESET', 'EPIPE']);

/** What a proxy did instead. */
function withoutTunnel(code: string): string {
	if (HUNG_UP.has(code)) return 'It hung up';
	return code === 'UND_ERR_CONNECT_TIMEOUT' ? 'It did not answer' : 'It did not answer in HTTP';
}

/** Nothing came back from a service: there is no upload to wait for, so other advice is wanted. */
export function stalledCall(
	host: string,
	patience: number,
): { title: string; description: string } {
	return {
		title: `${host} did not answer`,
		description: `The call was given up after ${Math.round(patience / 1000)} seconds of silence. Run the workflow again later. If it happens often, look at proxies and firewalls.`,
	};
}
