import type { Transport } from './transport';

/** The service's second. */
const WINDOW = 1_000;

/**
 * Calls made a second apart may arrive closer together. The service has counted a call when its
 * answer is there, so the second begins then, but at most this much after the start: milliseconds.
 */
const LONGEST_WAY = 100;

/** Longest history kept per key; no limit of the services is above it. */
const MAX_RATE = 1_000;

/**
 * Lets at most `rate` calls start in any window of a second, first come first served. One limiter
 * serves all executions of the process, because the services count per app, not per workflow.
 */
export class RateLimiter {
	private readonly starts = new Map<string, Array<{ at: number }>>();

	/** @param now milliseconds of a clock that is never set back */
	constructor(private readonly now: () => number = () => performance.now()) {}

	/**
	 * Waits for this call's turn. What it gives is to be called when the answer is there.
	 *
	 * @param key what the service counts together, e.g. app and API
	 * @param rate calls per second; calls with different rates may share a key
	 */
	async admit(
		key: string,
		rate: number,
		transport: Pick<Transport, 'wait'>,
		signal?: AbortSignal,
	): Promise<() => void> {
		const bounded = Math.min(Math.max(1, Math.floor(rate)), MAX_RATE);
		const starts = this.starts.get(key) ?? [];
		this.starts.set(key, starts);
		for (;;) {
			const wait = (starts[starts.length - bounded]?.at ?? -Infinity) + WINDOW - this.now();
			if (wait <= 0 && !signal?.aborted) break;
			await transport.wait(Math.max(0, Math.min(wait, WINDOW)), signal);
		}
		const entry = { at: this.now() };
		starts.push(entry);
		if (starts.length > 2 * MAX_RATE) starts.splice(0, starts.length - MAX_RATE);
		return () => void (entry.at = Math.min(this.now(), entry.at + LONGEST_WAY));
	}
}
