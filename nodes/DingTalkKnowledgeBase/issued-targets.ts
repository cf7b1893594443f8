import { ownError, type UploadError } from '../shared/errors';

/**
 * The upload keys and addresses that the service has given in a run, each for one file. A cache on the
 * way that gives one answer to two requests would have the second file replace the first, and both
 * commits would succeed.
 */
export class IssuedTargets {
	private readonly owners = new Map<string, object>();

	/**
	 * @param owner the file that asked; it may get the same again
	 * @throws {UploadError} when another file has got it
	 */
	take(owner: object, { uploadKey, url }: { uploadKey: string; url: string }): void {
		for (const issued of [uploadKey, url]) {
			const first = this.owners.get(issued) ?? owner;
			if (first !== owner) throw issuedTwice();
			this.owners.set(issued, owner);
		}
	}
}

function issuedTwice(): UploadError {
	return ownError({
		title: 'DingTalk gave one upload address to two files',
		description:
			'A proxy or gateway that answers from a cache may stand in between: have it leave the API of DingTalk alone. Nothing of this file was sent.',
		outcome: 'notSent',
		code: 'ISSUED_TWICE',
		step: 'getUploadInfo',
	});
}
