import { KeyedMutex, type Turn } from '../shared/keyed-mutex';
import type { Destination } from './look-ups/look-ups';

/**
 * Files that get the same name in the same folder are committed one after another, in the order of
 * the items: otherwise chance would decide which one is renamed, and which one's content stays.
 */
export class CommitOrder {
	private readonly names = new KeyedMutex();

	private readonly places = new KeyedMutex();

	/**
	 * Takes a file's turn. It has to be called before anything is awaited, while the jobs begin in the
	 * order of the items: the places of files of one name, which may be named in different ways, are
	 * then compared in that order.
	 */
	async take(
		name: string,
		destination: Promise<Destination>,
	): Promise<{ destination: Destination; turn: Turn }> {
		const sameName = name.normalize('NFC').toLowerCase();
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
