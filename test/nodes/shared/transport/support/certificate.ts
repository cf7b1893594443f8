import { readFileSync } from 'node:fs';
import { connect, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createServer } from 'node:tls';

export interface TlsFront {
	url: string;
	/** The certificate as a file, for NODE_EXTRA_CA_CERTS. */
	certificate: string;
	/** TCP connections so far. */
	connections(): number;
	close(): void;
}

const inSupport = (name: string) => join(import.meta.dirname, name);

/** Self-signed, for localhost, until 2126; the key guards nothing. */
const certificate = inSupport('localhost.cert.pem');

/** Puts TLS with a certificate of its own, for localhost, in front of a plain service. */
export async function startTlsFront(target: string): Promise<TlsFront> {
	let connections = 0;
	const pems = {
		key: readFileSync(inSupport('localhost.key.pem')),
		cert: readFileSync(certificate),
	};
	const server = createServer(pems, (socket) => {
		const onward = connect(Number(new URL(target).port), '127.0.0.1');
		socket.on('error', () => onward.destroy());
		onward.on('error', () => socket.destroy());
		socket.pipe(onward).pipe(socket);
	});
	server.on('connection', () => connections++);
	server.on('tlsClientError', () => undefined);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `https://localhost:${(server.address() as AddressInfo).port}`,
		certificate,
		connections: () => connections,
		close: () => {
			server.close();
		},
	};
}
