import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

const HOST = '127.0.0.1';

/** Elsewhere nobody can listen on a port that is held. */
export const CAN_HOLD = process.platform === 'linux';

/** What the ends that hold ports are connected to; it hangs up at once. */
let other: Promise<Server> | undefined;

/** They hold their ports for as long as the process lives. */
const ends: Socket[] = [];

/**
 * Takes a port of 127.0.0.1 until the process ends. Who knows its number can listen there, as often
 * as it likes; in between, connections are refused. A port that is merely released goes to the next
 * one who asks for any, maybe in another process, who then gets what is meant for another.
 *
 * A port is held by the near end of a connection: on Linux a server may listen on its number, but
 * who leaves the choice to the system is never given it. Elsewhere it is merely free.
 */
export async function holdPort(): Promise<number> {
	if (!CAN_HOLD) return await freePort();
	other ??= listenAnywhere();
	const { port } = (await other).address() as AddressInfo;
	const end = connect({ port, host: HOST, localAddress: HOST, localPort: 0, allowHalfOpen: true });
	await once(end, 'connect');
	ends.push(end.resume().unref());
	return (end.address() as AddressInfo).port;
}

/** An address that refuses connections, whatever else runs on the machine. */
export async function refusingUrl(): Promise<string> {
	return `http://${HOST}:${await holdPort()}`;
}

async function listenAnywhere(): Promise<Server> {
	const server = createServer((socket) => socket.destroy());
	server.listen(0, HOST).unref();
	await once(server, 'listening');
	return server;
}

async function freePort(): Promise<number> {
	const server = await listenAnywhere();
	const { port } = server.address() as AddressInfo;
	await new Promise((resolve) => server.close(resolve));
	return port;
}
