import { KeyedMutex, type Turn } from '../shared/keyed-mutex';
import { nameKey } from '../shared/name-key';
import type { Destination } from './look-ups/look-ups';

/**
 * Commits files with the same name in the same folder one after another, in the order of the items.
 * Otherwise chance would decide which one is renamed, and whose content remains.
 */
export class CommitOrder {
	private readonly names = new KeyedMutex();

	private readonly places = new KeyedMutex();

	/**
	 * Takes a file's turn. Must be called before anything is awaited, while jobs start in the order
	 * of the items. Files of the same name then have their folders compared in that order, since a
	 * folder may be given in different ways.
	 */
	async take(
		name: string,
		destination: Promise<Destination>,
	): Promise<{ destination: Destination; turn: Turn }> {
		const sameName = nameKey(name);
		const named = this.names.take(sameName);
		try {
			const [resolved] = await Promise.all([destination, named.comes]);
			const turn = this.places.take(JSON.stringify([resolved.parentDentryUuid, sameName]));
			return { destination: resolved, turn };
		} finally {
			named.end();
		}
	}
}
