import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';

import { fromTransport } from '../../../../nodes/shared/errors';
import { UndiciTransport } from '../../../../nodes/shared/transport';
import { failureOf } from './support/failure';
import { useServers } from './support/servers';

const serve = useServers();

/** Answers every request with these bytes. */
const answering = async (bytes: string) =>
	await serve(createServer((socket) => void socket.on('data', () => socket.write(bytes))));

describe('an answer that is not HTTP', () => {
	it.each([
		['of SSH', 'SSH-2.0-OpenSSH_9.2\r\n'],
		['of HTTP/2', '\0\0\x12\x04\0\0\0\0\0\0\x03\0\0\0\x64'],
		['with a status of 0', 'HTTP/1.1 000 Nothing\r\nContent-Length: 0\r\n\r\n'],
		['with a header without a name', 'HTTP/1.1 200 OK\r\n: 1\r\n\r\n'],
		['with chunks of no length', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n'],
	])('is said to be that, and leaves open what became of the request: %s', async (_, bytes) => {
		const url = await answering(bytes);
		const request = { method: 'POST' as const, url, headers: {}, body: '{}', timeout: 10_000 };
		const { facts } = fromTransport(await failureOf(new UndiciTransport().send(request)), 'commit');
		expect(facts).toMatchObject({
			title: `${new URL(url).host} did not answer in HTTP`,
			code: expect.stringMatching(/^(?:HPE_\w+|NOT_HTTP)$/) as string,
			outcome: 'unknown',
			retry: 'transient',
		});
	});
});
