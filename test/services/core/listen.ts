import type { AddressInfo, Server } from 'node:net';

import { CAN_HOLD, holdPort } from './ports';

/**
 * Starts listening on 127.0.0.1 and gives the address. Port 0 takes one that is this server's until
 * the process ends: what is late for it, or comes while it does not listen, reaches no other server.
 */
export async function listen(server: Server, port = 0): Promise<string> {
	const own = port === 0 && CAN_HOLD ? await holdPort() : port;
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(own, '127.0.0.1', () => {
			server.off('error', reject);
			resolve();
		});
	});
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
