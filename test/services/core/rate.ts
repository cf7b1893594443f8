const WINDOW_MS = 1000;

/** Lets so many calls a second through, per app and API; over any second, not the clock's. */
export class RateLimit {
	private readonly passed = new Map<string, number[]>();

	constructor(
		private readonly now: () => number,
		private readonly perSecond: number,
		/** The service's error, told when the limit ends: milliseconds since 1970. */
		private readonly refusal: (end: number) => Error,
	) {}

	/** Throws the service's error when the app called this API too often in the last second. */
	check(appKey: string, api: string): void {
		if (this.perSecond <= 0) return;
		const now = this.now();
		const key = `${appKey} ${api}`;
		const recent = (this.passed.get(key) ?? []).filter((at) => at > now - WINDOW_MS);
		this.passed.set(key, recent);
		if (recent.length >= this.perSecond) throw this.refusal(recent[0] + WINDOW_MS);
		recent.push(now);
	}

	clear(): void {
		this.passed.clear();
	}
}
