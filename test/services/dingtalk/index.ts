import { createApiServer } from './api/server';
import { createOssServer } from './oss/server';
import { listen } from './listen';
import { SEED } from './seed';
import type {
	CallName,
	FaultRule,
	Front,
	LocalDingTalkOptions,
	RecordedCall,
	StoredDentry,
	StoredObject,
	StoredResource,
} from './types';
import { committedFiles, storedResources } from './views';
import { settingsOf, World } from './world';

export { SEED } from './seed';
export { SAMPLES, type Sample } from './samples';
export type * from './types';

/** A running local DingTalk: what it is reached by, what it saw, and what shall go wrong. */
export interface LocalDingTalk {
	/** Of the API, old and new, e.g. http://127.0.0.1:9101. */
	readonly apiUrl: string;
	/** Of the object storage behind the upload addresses. */
	readonly ossUrl: string;
	/** The ids that are there from the start. */
	readonly seed: typeof SEED;
	/** Every request so far, on both fronts, in order of arrival. */
	readonly calls: RecordedCall[];
	/** The requests of one kind. */
	callsOf(name: CallName): RecordedCall[];
	/** TCP connections since the start or the last reset, and those open now. */
	connections(front: Front): { opened: number; open: number };
	/** The committed files, of one folder or of all. */
	files(parentUuid?: string): StoredDentry[];
	/** The document resources whose bytes arrived. */
	resources(): StoredResource[];
	/** What OSS holds, also what was never committed. */
	objects(): StoredObject[];
	/** Lets requests fail from now on. */
	fail(rule: FaultRule): void;
	/**
	 * Stops listening: new connections are refused, those that idle end, and one that carries a
	 * request ends with its answer.
	 */
	refuse(front: Front): void;
	/** Listens again where it did before. */
	accept(front: Front): Promise<void>;
	/** Back to the start: the seed, no calls, no faults, no tokens. */
	reset(): void;
	/** Makes every token handed out so far invalid. */
	revokeTokens(): void;
	/** Stops both servers and ends every connection. */
	close(): Promise<void>;
}

/** Starts a local DingTalk on 127.0.0.1. */
export async function startLocalDingTalk(
	options: LocalDingTalkOptions = {},
): Promise<LocalDingTalk> {
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
	const fronts = {
		api: { server: api.server, url: apiUrl },
		oss: { server: oss, url: world.ossUrl },
	};
	return {
		apiUrl,
		ossUrl: world.ossUrl,
		seed: SEED,
		calls: world.recorder.calls,
		callsOf: (name) => world.recorder.calls.filter((call) => call.name === name),
		connections: (front) => world.recorder.connections(front),
		files: (parentUuid) => committedFiles(world, parentUuid),
		resources: () => storedResources(world),
		objects: () => [...world.objects.values()],
		fail: (rule) => world.faults.add(rule),
		refuse: (front) => {
			world.refusing.add(front);
			// Ends the idle connections as well.
			fronts[front].server.close();
		},
		accept: async (front) => {
			world.refusing.delete(front);
			await listen(fronts[front].server, Number(new URL(fronts[front].url).port));
		},
		reset: () => world.reset(),
		revokeTokens: () => world.grants.revokeAll(),
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
