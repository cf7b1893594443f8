import { ApiError } from './errors';

const WINDOW_MS = 1000;

/** Lets so many calls a second through, per app and API; over any second, not the clock's. */
export class RateLimit {
	private readonly passed = new Map<string, number[]>();

	constructor(
		private readonly now: () => number,
		private readonly perSecond: number,
	) {}

	/** Throws the service's refusal when the app called this API too often in the last second. */
	check(appKey: string, api: string): void {
		if (this.perSecond <= 0) return;
		const now = this.now();
		const key = `${appKey} ${api}`;
		const recent = (this.passed.get(key) ?? []).filter((at) => at > now - WINDOW_MS);
		this.passed.set(key, recent);
		if (recent.length >= this.perSecond) {
			const end = new Date(recent[0] + WINDOW_MS).toISOString().slice(0, 19).replace('T', ' ');
			throw new ApiError(
				403,
				'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi',
				`请求过于频繁，限制将在 ${end} 结束`,
			);
		}
		recent.push(now);
	}

	clear(): void {
		this.passed.clear();
	}
}
