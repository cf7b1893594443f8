import { isCancelled, toUploadError } from './errors';

export interface Token {
	accessToken: string;
	/** Milliseconds since 1970 after which it is no longer used. */
	usableUntil: number;
}

/** A token is replaced this long before its end, so that none dies on the way: milliseconds. */
const MARGIN = 5 * 60_000;

interface Entry {
	fetching: Promise<Token>;
	/** Set once it has arrived. */
	token?: Token;
}

/**
 * The tokens of this process, one per app: fetched once however many items and executions ask for
 * it at the same time, and kept for its life less a margin.
 */
export class TokenStore {
	private readonly entries = new Map<string, Entry>();

	constructor(private readonly now: () => number = Date.now) {}

	/** The app's token; `fetch` is called only when there is none that can be used. */
	async get(key: string, fetch: () => Promise<Token>): Promise<Token> {
		const entry = this.usable(key);
		if (!entry) return await this.fetch(key, fetch);
		try {
			return await entry.fetching;
		} catch (error) {
			// It was another execution's fetch, and that execution was stopped: ask for ourselves.
			if (isCancelled(error)) return await this.get(key, fetch);
			throw toUploadError(error);
		}
	}

	/** The token that can be used now, if there is one; nothing is fetched. */
	kept(key: string): string | undefined {
		return this.usable(key)?.token?.accessToken;
	}

	/** Forgets a token that the service refused, unless it was replaced meanwhile. */
	forget(key: string, refused: string): void {
		if (this.entries.get(key)?.token?.accessToken === refused) this.entries.delete(key);
	}

	private usable(key: string): Entry | undefined {
		const entry = this.entries.get(key);
		const expired = entry?.token && entry.token.usableUntil <= this.now();
		return expired ? undefined : entry;
	}

	private async fetch(key: string, fetch: () => Promise<Token>): Promise<Token> {
		const entry: Entry = { fetching: fetch() };
		this.entries.set(key, entry);
		try {
			entry.token = await entry.fetching;
			return entry.token;
		} catch (error) {
			this.entries.delete(key);
			throw toUploadError(error);
		}
	}
}

/** Milliseconds since 1970 until which a token that lives `seconds` is used. */
export function usableUntil(seconds: number, now = Date.now()): number {
	const life = seconds * 1000;
	return now + Math.max(life - MARGIN, life / 2);
}
