import { effectOf, type CommitRequest } from './api/commit-file';

type Commit = Pick<CommitRequest, 'parentDentryUuid' | 'name' | 'uploadKey' | 'option'>;

interface Owner {
	uploadKey: string;
	/** Folder and name that were asked for. */
	place: string;
}

/**
 * The dentries that the commits of a run have given. A cache on the way that gives the answer of one
 * commit to another leaves the second file without a commit, and both would look stored.
 */
export class CommittedDentries {
	private readonly owners = new Map<string, Owner>();

	/**
	 * Keeps what a commit has given.
	 *
	 * @returns false when the dentry is that of another file
	 */
	take(uuid: string, { parentDentryUuid, name, uploadKey, option }: Commit): boolean {
		const place = JSON.stringify([parentDentryUuid, name.normalize('NFC').toLowerCase()]);
		const owner = this.owners.get(uuid) ?? { uploadKey, place };
		// A new version of a file, or the file that was there, has the dentry of another commit.
		const mayShare = effectOf(option) === 'idempotent' && owner.place === place;
		if (owner.uploadKey !== uploadKey && !mayShare) return false;
		this.owners.set(uuid, { uploadKey, place });
		return true;
	}
}
