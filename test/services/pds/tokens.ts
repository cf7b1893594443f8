import { newId } from '../core/ids';
import { PdsError } from './errors';
import { SEED } from './seed';

/** Who makes a call. */
export interface Caller {
	userId: string;
	role: 'user' | 'superadmin';
}

/** Who calls with an AccessKey, or with the token of an app in the name of the domain. */
export const SUPERADMIN: Caller = { userId: 'superadmin', role: 'superadmin' };

const USER: Caller = { userId: SEED.jwt.userId, role: 'user' };

/** Hands out access tokens and knows which are good. */
export class Tokens {
	/** Whose each is, and when it ends, in milliseconds. */
	private readonly granted = new Map<string, { caller: Caller; endsAt: number }>();

	constructor(
		private readonly now: () => number,
		readonly lifeSeconds: number,
	) {
		this.reset();
	}

	/** A new token for somebody. */
	issue(caller: Caller): { token: string; endsAt: number } {
		const token = newId(64);
		const endsAt = this.now() + this.lifeSeconds * 1000;
		this.granted.set(token, { caller, endsAt });
		return { token, endsAt };
	}

	/**
	 * Whose token it is; refuses one that is unknown, revoked or past its life. The SDK knows both
	 * codes; which one stands for what is UNCONFIRMED.
	 */
	check(token: string): Caller {
		const { caller, endsAt = 0 } = this.granted.get(token) ?? {};
		if (!caller) throw new PdsError(401, 'AccessTokenInvalid', 'AccessToken is invalid.');
		if (endsAt <= this.now()) throw new PdsError(401, 'TokenExpired', 'AccessToken is expired.');
		return caller;
	}

	/** Makes every token invalid, the seed's too. */
	revokeAll(): void {
		this.granted.clear();
	}

	/** Only the seed's tokens are good. */
	reset(): void {
		this.granted.clear();
		this.granted.set(SEED.accessToken, { caller: USER, endsAt: Infinity });
		this.granted.set(SEED.adminToken, { caller: SUPERADMIN, endsAt: Infinity });
	}
}
