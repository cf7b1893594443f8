import { listen } from '../dingtalk/listen';
import { createApiServer } from './api/server';
import { controls } from './controls';
import { createOssServer } from './oss/server';
import { SEED } from './seed';
import type { LocalPdsOptions, PdsControls } from './types';
import { settingsOf, World } from './world';

export { SEED } from './seed';
export type * from './types';

/** A running local PDS. */
export interface LocalPds extends PdsControls {
	/** Of the API, e.g. http://127.0.0.1:9201. */
	readonly apiUrl: string;
	/** Of the object storage behind the parts' addresses. */
	readonly ossUrl: string;
	/** The ids and keys that are there from the start. */
	readonly seed: typeof SEED;
	/** Stops both servers and ends every connection. */
	close(): Promise<void>;
}

/** Starts a local PDS on 127.0.0.1. */
export async function startLocalPds(options: LocalPdsOptions = {}): Promise<LocalPds> {
	const world = new World(settingsOf(options));
	const oss = createOssServer(world);
	const api = createApiServer(world);
	await api.ready();
	world.ossUrl = await listen(oss, options.ossPort);
	let apiUrl: string;
	try {
		apiUrl = await listen(api.server, options.apiPort);
	} catch (error) {
		oss.close();
		throw error;
	}
	return {
		...controls(world),
		apiUrl,
		ossUrl: world.ossUrl,
		seed: SEED,
		close: async () => {
			const ended = [oss, api.server].map(
				async (server) => await new Promise<void>((resolve) => server.close(() => resolve())),
			);
			oss.closeAllConnections();
			api.server.closeAllConnections();
			await Promise.all(ended);
			await api.close();
		},
	};
}
