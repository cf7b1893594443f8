import { ownError, type UploadError } from './errors';

/**
 * What a service has given to the files of a run, each value to one of them: keys, addresses, ids. A
 * cache on the way that gives one answer to two requests would have the second file replace the first.
 */
export class Issued {
	private readonly owners = new Map<string, unknown>();

	/**
	 * Keeps that the owner was given the values.
	 *
	 * @param owner what may get them again
	 * @returns false when one of them was given to another owner before
	 */
	take(owner: unknown, ...values: string[]): boolean {
		const isOwn = values.every((value) => (this.owners.get(value) ?? owner) === owner);
		if (isOwn) values.forEach((value) => this.owners.set(value, owner));
		return isOwn;
	}
}

/** A file got what another one had got: an upload address and what belongs to it. */
export function issuedTwice(service: string, step: string): UploadError {
	return ownError({
		title: `${service} gave one upload address to two files`,
		description: `A proxy or gateway may be answering from a cache: exclude the API of ${service} from caching. Nothing of this file was sent.`,
		outcome: 'notSent',
		code: 'ISSUED_TWICE',
		step,
	});
}
