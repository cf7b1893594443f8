import { SharedWork } from './shared-work';

export interface Token {
	accessToken: string;
	/** Milliseconds since 1970 after which it is no longer used. */
	usableUntil: number;
}

/** A token is replaced this long before its end, so that none dies on the way: milliseconds. */
const MARGIN = 5 * 60_000;

/** Milliseconds. */
const SUSPECT_EVERY = 60_000;

/**
 * The tokens of this process, one per account: fetched once however many items and executions ask for
 * it at the same time, and kept for its life less a margin.
 */
export class TokenStore {
	private readonly tokens = new Map<string, Token>();

	private readonly fetches = new SharedWork<Token>(false);

	/** When each account was last given a new token on suspicion: milliseconds since 1970. */
	private readonly suspected = new Map<string, number>();

	constructor(private readonly now: () => number = Date.now) {}

	/** The account's token; `fetch` is called only when there is none that can be used. */
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

	/** The token that can be used now, if there is one; nothing is fetched. */
	kept(key: string): string | undefined {
		const token = this.tokens.get(key);
		return token && token.usableUntil > this.now() ? token.accessToken : undefined;
	}

	/** Forgets a token that the service refused, unless it was replaced meanwhile. */
	forget(key: string, refused: string): void {
		if (this.tokens.get(key)?.accessToken === refused) this.tokens.delete(key);
	}

	/**
	 * Forgets a token that may be the reason of a refusal, at most once a minute: the token is that of
	 * all workflows, and who asks without a permission would have it fetched anew with every call.
	 *
	 * @returns whether the next one asked for may be another one
	 */
	suspect(key: string, refused: string): boolean {
		if (this.tokens.get(key)?.accessToken !== refused) return true;
		if (this.now() - (this.suspected.get(key) ?? -Infinity) < SUSPECT_EVERY) return false;
		this.suspected.set(key, this.now());
		this.tokens.delete(key);
		return true;
	}
}

/** Milliseconds since 1970 until which a token that lives `seconds` is used. */
export function usableUntil(seconds: number, now = Date.now()): number {
	const life = seconds * 1000;
	return now + Math.max(life - MARGIN, life / 2);
}
