import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createServer } from 'node:tls';

import { listen } from '../../../../services/core/listen';

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

/** Key and certificate as a TLS server takes them. */
export function readPems(): { key: Buffer; cert: Buffer } {
	return { key: readFileSync(inSupport('localhost.key.pem')), cert: readFileSync(certificate) };
}

/** Puts TLS with a certificate of its own, for localhost, in front of a plain service. */
export async function startTlsFront(target: string): Promise<TlsFront> {
	let connections = 0;
	const server = createServer(readPems(), (socket) => {
		const onward = connect(Number(new URL(target).port), '127.0.0.1');
		socket.on('error', () => onward.destroy());
		onward.on('error', () => socket.destroy());
		socket.pipe(onward).pipe(socket);
	});
	server.on('connection', () => connections++);
	server.on('tlsClientError', () => undefined);
	const { port } = new URL(await listen(server));
	return {
		url: `https://localhost:${port}`,
		certificate,
		connections: () => connections,
		close: () => {
			server.close();
		},
	};
}
