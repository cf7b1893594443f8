import type { OssFront } from '../core/oss/server';
import type { StoredBytes } from '../core/types';
import type { CallName } from './types';
import type { World } from './world';

/** The object storage of DingTalk: takes files and the resources of documents. */
export function ossFront(world: World): OssFront<CallName> {
	const { hashes, keepBytes, signatureLifeSeconds } = world.settings;
	return {
		world,
		nameOf: (path, method) =>
			method === 'GET' ? 'ossGet' : path.startsWith('/core/') ? 'docPut' : 'ossPut',
		give: async (key) => await world.downloads.get(key)?.(),
		headerLifeMs: signatureLifeSeconds * 1000,
		take: ({ headers }, key) => ({
			hashes,
			keepBytes,
			keep: (stored) => keep(world, key, headers['content-type'] ?? '', stored),
		}),
	};
}

function keep(world: World, key: string, contentType: string, stored: StoredBytes): string {
	const puts = (world.objects.get(key)?.puts ?? 0) + 1;
	world.objects.set(key, { key, contentType, puts, ...stored });
	return stored.md5 && `"${stored.md5.toUpperCase()}"`;
}
