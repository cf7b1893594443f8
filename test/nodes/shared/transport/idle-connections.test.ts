import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { expect, it } from 'vitest';

import { UndiciTransport } from '../../../../nodes/shared/transport';
import { useServers } from './support/servers';

const TOO_LATE = 'HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n';

const serve = useServers();

/** Counts the requests of each connection; answers them all. */
async function startServer() {
	const sockets: Socket[] = [];
	const requests: number[] = [];
	const server = createServer((socket) => {
		const index = sockets.push(socket) - 1;
		requests.push(0);
		socket.on('data', () => {
			requests[index]++;
			socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}');
		});
	});
	return { url: await serve(server), sockets, requests };
}

it('a connection that is ended with 408 while nothing is asked costs no call', async () => {
	const { url, sockets, requests } = await startServer();
	const transport = new UndiciTransport();
	const ask = async () =>
		await transport.send({ method: 'POST', url, headers: {}, body: '{}', timeout: 5_000 });
	expect(await ask()).toMatchObject({ status: 200 });
	const closed = once(sockets[0], 'close');
	sockets[0].end(TOO_LATE);
	await closed;
	expect(await ask()).toMatchObject({ status: 200 });
	expect(requests).toEqual([1, 1]);
});
