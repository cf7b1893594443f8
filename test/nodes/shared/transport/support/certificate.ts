import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
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

/** Puts TLS with a certificate of its own, for localhost, in front of a plain service. */
export async function startTlsFront(target: string, name = 'localhost'): Promise<TlsFront> {
	const folder = mkdtempSync(join(tmpdir(), 'tls-front-'));
	const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
	const how = '-x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2';
	const named = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=DNS:${name}`];
	const files = ['-keyout', key, '-out', certificate];
	execFileSync('openssl', ['req', ...how.split(' '), ...named, ...files], { stdio: 'ignore' });

	let connections = 0;
	const pems = { key: readFileSync(key), cert: readFileSync(certificate) };
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
			rmSync(folder, { recursive: true, force: true });
		},
	};
}
