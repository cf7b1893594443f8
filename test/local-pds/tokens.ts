import { newId } from '../local-dingtalk/ids';
import { PdsError } from './errors';
import { SEED } from './seed';

/** Hands out access tokens and knows which are good. */
export class Tokens {
	/** When each ends, in milliseconds. */
	private readonly ends = new Map<string, number>();

	constructor(
		private readonly now: () => number,
		readonly lifeSeconds: number,
	) {
		this.reset();
	}

	/** A new token. */
	issue(): { token: string; endsAt: number } {
		const token = newId(64);
		const endsAt = this.now() + this.lifeSeconds * 1000;
		this.ends.set(token, endsAt);
		return { token, endsAt };
	}

	/**
	 * Refuses a token that is unknown, revoked or past its life. The SDK knows both codes; which
	 * one stands for what is UNCONFIRMED.
	 */
	check(token: string): void {
		const endsAt = this.ends.get(token);
		if (endsAt === undefined) {
			throw new PdsError(401, 'AccessTokenInvalid', 'AccessToken is invalid.');
		}
		if (endsAt <= this.now()) throw new PdsError(401, 'TokenExpired', 'AccessToken is expired.');
	}

	/** Makes every token invalid, the seed's too. */
	revokeAll(): void {
		this.ends.clear();
	}

	/** Only the seed's token is good. */
	reset(): void {
		this.ends.clear();
		this.ends.set(SEED.accessToken, Infinity);
	}
}
