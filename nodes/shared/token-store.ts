import { SharedWork } from './shared-work';

export interface Token {
	accessToken: string;
	/** When it is no longer used, in milliseconds since 1970. */
	usableUntil: number;
}

/**
 * A token is replaced this many milliseconds before it expires, so that none expires in transit.
 */
const MARGIN = 5 * 60_000;

/** Shortest time between two suspicions of one account, in milliseconds. */
const SUSPECT_EVERY = 60_000;

/**
 * The tokens of this process, one per account. Each is fetched once, however many items and
 * executions ask for it at the same time, and kept until shortly before it expires.
 */
export class TokenStore {
	private readonly tokens = new Map<string, Token>();

	private readonly fetches = new SharedWork<Token>(false);

	/** When the token of each account was last suspected, in milliseconds since 1970. */
	private readonly suspected = new Map<string, number>();

	constructor(private readonly now: () => number = Date.now) {}

	/** Returns the account's token. Calls `fetch` only when there is no usable one. */
	async get(key: string, fetch: () => Promise<Token>): Promise<string> {
		const kept = this.kept(key);
		if (kept) return kept;
		const token = await this.fetches.get(key, async () => {
			const fetched = await fetch();
			this.tokens.set(key, fetched);
			return fetched;
		});
		return token.accessToken;
	}

	/** Returns the token if it is usable now; fetches nothing. */
	kept(key: string): string | undefined {
		const token = this.tokens.get(key);
		return token && token.usableUntil > this.now() ? token.accessToken : undefined;
	}

	/** Forgets a token that the service refused, unless it has been replaced meanwhile. */
	forget(key: string, refused: string): void {
		if (this.tokens.get(key)?.accessToken === refused) this.tokens.delete(key);
	}

	/**
	 * Forgets a token that may be the cause of a refusal, at most once a minute. All workflows share
	 * the token, and one without a permission would otherwise fetch a new one with every call.
	 *
	 * @returns whether the next call of `get` may return another token
	 */
	suspect(key: string, refused: string): boolean {
		if (this.tokens.get(key)?.accessToken !== refused) return true;
		if (this.now() - (this.suspected.get(key) ?? -Infinity) < SUSPECT_EVERY) return false;
		this.suspected.set(key, this.now());
		this.tokens.delete(key);
		return true;
	}
}

/** Returns until when a token that lives `seconds` is used, in milliseconds since 1970. */
export function usableUntil(seconds: number, now = Date.now()): number {
	const life = seconds * 1000;
	return now + Math.max(life - MARGIN, life / 2);
}
