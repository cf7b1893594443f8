import { createApiServer } from '../core/api/server';
import { createOssServer } from '../core/oss/server';
import { startService } from '../core/service';
import type { LocalService } from '../core/types';
import { apiFront } from './api/front';
import { addPlanting } from './api/plant';
import { addSamples } from './api/samples';
import { ossFront } from './oss';
import { SEED } from './seed';
import type {
	CallName,
	LocalDingTalkOptions,
	Message,
	Permission,
	StoredDentry,
	StoredObject,
	StoredResource,
} from './types';
import { committedFiles, storedResources } from './views';
import { settingsOf, World } from './world';

export { SEED } from './seed';
export { SAMPLES, type Sample } from './samples';
export type * from './types';

/** A running local DingTalk. */
export interface LocalDingTalk extends LocalService<CallName> {
	/** The ids that are there from the start. */
	readonly seed: typeof SEED;
	/** The committed files, of one folder or of all. */
	files(parentUuid?: string): StoredDentry[];
	/** The document resources whose bytes arrived. */
	resources(): StoredResource[];
	/** What is in the recycle bins, by uuid. */
	recycled(): string[];
	/** The roles that were given. */
	permissions(): Permission[];
	/** What was sent to chats. */
	messages(): Message[];
	/** What OSS holds, also what was never committed. */
	objects(): StoredObject[];
}

/** Starts a local DingTalk on 127.0.0.1. */
export async function startLocalDingTalk(
	options: LocalDingTalkOptions = {},
): Promise<LocalDingTalk> {
	const world = new World(settingsOf(options));
	const api = createApiServer(apiFront(world));
	addSamples(api);
	addPlanting(api, world);
	const oss = createOssServer(ossFront(world));
	return {
		...(await startService(world, { api, oss }, options)),
		seed: SEED,
		files: (parentUuid) => committedFiles(world, parentUuid),
		resources: () => storedResources(world),
		recycled: () => [...world.recycled],
		permissions: () => [...world.permissions.values()],
		messages: () => [...world.messages],
		objects: () => [...world.objects.values()],
	};
}
