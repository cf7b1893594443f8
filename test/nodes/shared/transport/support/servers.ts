import type { Server, Socket } from 'node:net';
import { afterAll } from 'vitest';

import { closeDispatchers } from '../../../../../nodes/shared/transport';
import { listen } from '../../../../services/core/listen';

/**
 * Starts servers for the tests of a file, and gives their addresses; after the last test they are
 * gone, with every connection.
 */
export function useServers(): (server: Server) => Promise<string> {
	const servers: Server[] = [];
	const sockets = new Set<Socket>();
	afterAll(async () => {
		await closeDispatchers();
		for (const socket of sockets) socket.destroy();
		for (const server of servers) server.close();
	});
	return async (server) => {
		servers.push(server);
		server.on('connection', (socket: Socket) => {
			sockets.add(socket);
			socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
		});
		return await listen(server);
	};
}
