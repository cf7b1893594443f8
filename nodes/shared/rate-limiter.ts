import type { Transport } from './transport';

/** A little more than the service's second: calls sent on time may arrive closer together. */
const WINDOW = 1_020;

/** Longest history kept per key; no limit of the services is above it. */
const MAX_RATE = 1_000;

/**
 * Lets at most `rate` calls start in any window of a second, first come first served. One limiter
 * serves all executions of the process, because the services count per app, not per workflow.
 */
export class RateLimiter {
	private readonly starts = new Map<string, number[]>();

	constructor(private readonly now: () => number = Date.now) {}

	/**
	 * Waits for this call's turn.
	 *
	 * @param key what the service counts together, e.g. app and API
	 * @param rate calls per second; calls with different rates may share a key
	 */
	async admit(
		key: string,
		rate: number,
		transport: Pick<Transport, 'wait'>,
		signal?: AbortSignal,
	): Promise<void> {
		const wait = this.reserve(key, rate);
		if (wait > 0) await transport.wait(wait, signal);
	}

	/** Takes the next free start for the key. @returns milliseconds until then */
	private reserve(key: string, rate: number): number {
		const starts = this.starts.get(key) ?? [];
		this.starts.set(key, starts);
		const bounded = Math.min(Math.max(1, Math.floor(rate)), MAX_RATE);
		const blocking = starts[starts.length - bounded] ?? -Infinity;
		const latest = starts[starts.length - 1] ?? -Infinity;
		const start = Math.max(this.now(), latest, blocking + WINDOW);
		starts.push(start);
		if (starts.length > 2 * MAX_RATE) starts.splice(0, starts.length - MAX_RATE);
		return start - this.now();
	}
}
