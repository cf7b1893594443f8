import { createServer } from 'node:http';

import { listen } from '../../services/core/listen';

/** What a workflow asks before it goes on. */
export interface Gate {
	url: string;
	/** Does something when the workflow asks, and has it go on when that is done. */
	onArrival(act: () => Promise<void>): void;
	close(): void;
}

/** Opens an address that answers when what is to be done before is done. */
export async function openGate(): Promise<Gate> {
	let act = async () => {};
	const server = createServer((_, response) => {
		void act().then(() => {
			response.setHeader('content-type', 'application/json');
			response.end('{}');
		});
	});
	return {
		url: await listen(server),
		onArrival: (next) => (act = next),
		close: () => void server.close(),
	};
}
