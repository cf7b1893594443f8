import { createApiServer } from '../core/api/server';
import { createOssServer } from '../core/oss/server';
import { startService } from '../core/service';
import type { LocalService } from '../core/types';
import { apiFront } from './api/front';
import { ossFront } from './oss';
import { SEED } from './seed';
import type { LocalPdsOptions, PdsCallName, PdsFile, PdsUpload } from './types';
import { finishedFiles, openUploads } from './views';
import { settingsOf, World } from './world';

export { SEED } from './seed';
export type * from './types';

/** A running local PDS. */
export interface LocalPds extends LocalService<PdsCallName> {
	/** The ids and keys that are there from the start. */
	readonly seed: typeof SEED;
	/** The finished files. */
	files(): PdsFile[];
	/** The uploads that were neither completed nor given up. */
	uploads(): PdsUpload[];
	/** Gives an upload up, as the service does after ten days. */
	abortUpload(uploadId: string): void;
}

/** Starts a local PDS on 127.0.0.1. */
export async function startLocalPds(options: LocalPdsOptions = {}): Promise<LocalPds> {
	const world = new World(settingsOf(options));
	const api = createApiServer(apiFront(world));
	const oss = createOssServer(ossFront(world));
	return {
		...(await startService(world, { api, oss }, options)),
		seed: SEED,
		files: () => finishedFiles(world),
		uploads: () => openUploads(world),
		abortUpload: (uploadId) => {
			world.uploads.delete(uploadId);
		},
	};
}
