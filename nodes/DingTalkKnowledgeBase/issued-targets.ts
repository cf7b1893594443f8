import { ownError, type UploadError } from '../shared/errors';

/**
 * The upload keys and addresses that the service has issued in a run, each for one file. If a cache
 * on the way returned one response to two requests, the second file would replace the first, and
 * both commits would succeed.
 */
export class IssuedTargets {
	private readonly owners = new Map<string, object>();

	/**
	 * Records who got an upload key and address.
	 *
	 * @param owner the file that asked; it may get the same ones again
	 * @throws {UploadError} `ISSUED_TWICE` when another file has got them
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
			'A proxy or gateway may be answering from a cache: exclude the DingTalk API from caching. Nothing of this file was sent.',
		outcome: 'notSent',
		code: 'ISSUED_TWICE',
		step: 'getUploadInfo',
	});
}
