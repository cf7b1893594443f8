import { createServer as createPlainServer } from 'node:http';
import { connect, createServer, type Server } from 'node:net';
import {
	checkServerIdentity,
	createServer as createTlsServer,
	type PeerCertificate,
} from 'node:tls';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { fromTransport } from '../../../../nodes/shared/errors';
import { closeDispatchers, UndiciTransport } from '../../../../nodes/shared/transport';
import { connectError } from '../../../../nodes/shared/transport/transport-error';
import { readPems, startTlsFront } from './support/certificate';
import { failureOf } from './support/failure';
import { useServers } from './support/servers';

const started = useServers();

afterEach(async () => {
	vi.unstubAllEnvs();
	await closeDispatchers();
});

async function serve(server: Server): Promise<string> {
	server.on('tlsClientError', () => undefined);
	return (await started(server)).replace('http://127.0.0.1', 'https://localhost');
}

async function factsOf(url: string) {
	const transport = new UndiciTransport();
	const request = { method: 'POST' as const, url, headers: {}, body: '{}', timeout: 5000 };
	return fromTransport(await failureOf(transport.send(request)), 'commit').facts;
}

/** Trusts any certificate, so that what comes after it can be seen. */
const trustAll = () => vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');

/** Passes everything on, but changes the last byte of what the server says after the handshake. */
async function damaging(target: string): Promise<string> {
	const server = createServer((client) => {
		const onward = connect(Number(new URL(target).port), '127.0.0.1');
		onward.on('error', () => client.destroy());
		client.on('close', () => onward.destroy()).on('data', (chunk) => onward.write(chunk));
		// The first is its hello, the second ends the handshake.
		let said = 0;
		client.on('data', () => said++);
		onward.on('data', (chunk) => {
			const bytes = Buffer.from(chunk);
			if (said > 1) bytes[bytes.length - 1] ^= 0xff;
			client.write(bytes);
		});
	});
	return await serve(server);
}

describe('a certificate for another host', () => {
	it('is said to be that: nobody has to be trusted more', () => {
		const certificate = { subject: { CN: 'other.test' }, subjectaltname: 'DNS:other.test' };
		const error = checkServerIdentity('api.dingtalk.com', certificate as PeerCertificate);
		const { facts } = fromTransport(connectError(error, 'api.dingtalk.com'), 'commit');
		expect(facts).toMatchObject({
			title: 'The certificate is not for api.dingtalk.com',
			code: 'ERR_TLS_CERT_ALTNAME_INVALID',
			outcome: 'notSent',
			retry: 'never',
		});
		expect(facts.description).not.toContain('NODE_EXTRA_CA_CERTS');
	});
});

describe('a failure of TLS', () => {
	const advice = expect.stringContaining('The certificate is not the cause') as string;

	it('for want of a version that both know is not one of certificates', async () => {
		const url = await serve(
			createTlsServer({ ...readPems(), maxVersion: 'TLSv1.1', minVersion: 'TLSv1' }),
		);
		expect(await factsOf(url)).toMatchObject({
			title: `The secure connection to ${new URL(url).host} failed`,
			description: advice,
			outcome: 'notSent',
			retry: 'transient',
		});
	});

	it('because plain HTTP is spoken there is not one of certificates', async () => {
		const url = await serve(createPlainServer((_, response) => response.end()));
		expect(await factsOf(url)).toMatchObject({
			description: advice,
			outcome: 'notSent',
			retry: 'transient',
		});
	});

	it('by a damaged record after the request leaves open what became of it', async () => {
		trustAll();
		const plain = createPlainServer((_, response) => response.end('done'));
		const front = await startTlsFront(await started(plain));
		const url = await damaging(front.url);
		expect(await factsOf(url)).toMatchObject({
			description: advice,
			outcome: 'unknown',
			retry: 'transient',
		});
		front.close();
	});

	it('because the server wants a certificate of the client is not one of its own', async () => {
		trustAll();
		const url = await serve(
			createTlsServer({ ...readPems(), requestCert: true, rejectUnauthorized: true }),
		);
		expect((await factsOf(url)).title).not.toMatch(/not trusted/);
	});

	it.each([
		['is not trusted', 'localhost', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
		['is of another host', '127.0.0.1', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
	])('by a certificate that %s says so and is not repeated', async (_, host, code) => {
		const url = await serve(createTlsServer(readPems()));
		expect(await factsOf(url.replace('localhost', host))).toMatchObject({
			title: expect.stringMatching(/^The certificate of .* is not trusted$/) as string,
			description: expect.stringContaining('NODE_EXTRA_CA_CERTS') as string,
			code,
			outcome: 'notSent',
			retry: 'never',
		});
	});
});
