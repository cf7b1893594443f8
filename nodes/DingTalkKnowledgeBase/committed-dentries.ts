import { nameKey } from '../shared/name-key';
import { effectOf, type CommitRequest } from './api/commit-file';
import type { Dentry } from './api/dentry';

type Commit = Pick<CommitRequest, 'parentDentryUuid' | 'name' | 'uploadKey' | 'option'>;

interface Owner {
	uploadKey: string;
	/** Folder and name: as requested, and as stored. */
	places: string[];
}

/**
 * The dentries that the commits of an execution have returned. A cache on the way that gives the answer of one
 * commit to another leaves the second file without a commit, and both would look stored.
 */
export class CommittedDentries {
	private readonly owners = new Map<string, Owner>();

	/**
	 * Records what a commit has returned.
	 *
	 * @returns false if the dentry belongs to another file
	 */
	take({ uuid = '', name: stored = '' }: Dentry, commit: Commit): boolean {
		const { parentDentryUuid, name, uploadKey, option } = commit;
		const [place, storedPlace] = [name, stored].map((each) => placeOf(parentDentryUuid, each));
		const owner = this.owners.get(uuid) ?? { uploadKey, places: [place] };
		// A new version of a file, or the file that was there, has the dentry of an earlier commit.
		const mayShare = effectOf(option) === 'idempotent' && owner.places.includes(place);
		if (owner.uploadKey !== uploadKey && !mayShare) return false;
		this.owners.set(uuid, {
			uploadKey,
			places: [...new Set([...owner.places, place, storedPlace])],
		});
		return true;
	}
}

function placeOf(folder: string, name: string): string {
	return JSON.stringify([folder, nameKey(name)]);
}
