import { recover, type UploadError } from '../errors';
import { TransportError } from '../transport';
import { isStaleSignature } from './oss-error';
import type { SignedTarget } from './put-object';

export interface SignedAccessOptions<Target extends SignedTarget> {
	target: Target;
	/** Fetches a new target; without it, an expired target is an error. */
	renew?: () => Promise<Target>;
}

/** A target is replaced this many milliseconds before it expires. */
const MARGIN = 60_000;

/** The way to one object of the storage, however often its signature has to be replaced. */
export class SignedAccess<Target extends SignedTarget> {
	/** Number of requests started. */
	attempts = 0;

	private target: Target;

	/** Whether the target may be the reason why the last request failed. */
	private suspect = false;

	/** Whether a target was refused since the last success. */
	private refused = false;

	private readonly renew?: () => Promise<Target>;

	constructor({ target, renew }: SignedAccessOptions<Target>) {
		this.target = target;
		this.renew = renew;
	}

	/**
	 * Makes a request with the target. Gets a new one before it when the old one is about to expire or
	 * the connection broke; once and without waiting also when the storage refuses it.
	 */
	async use<T>(request: (target: Target) => Promise<T>): Promise<T> {
		const result = await recover(
			async () => await this.attempt(request),
			async (error) => {
				const isStale = isStaleSignature(error);
				this.suspect = isStale || isBroken(error);
				if (!isStale || !this.renew || this.refused) return error;
				this.refused = true;
				return await this.attempt(request);
			},
		);
		this.refused = false;
		return result;
	}

	private async attempt<T>(request: (target: Target) => Promise<T>): Promise<T> {
		const { renew } = this;
		if (renew && (this.suspect || this.target.expiresAt - MARGIN < Date.now())) {
			this.target = await renew();
		}
		this.suspect = false;
		this.attempts++;
		return await request(this.target);
	}
}

/** Whether the connection broke, which is also how some storages refuse a signature. */
function isBroken({ facts }: UploadError): boolean {
	return facts.cause instanceof TransportError && facts.cause.failure === 'reset';
}
