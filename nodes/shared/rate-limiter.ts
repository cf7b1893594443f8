import type { Transport } from './transport';

/** The service's second. */
const WINDOW = 1_000;

/**
 * A call whose answer is late has not been on its way all the time: it counts as having arrived no
 * later than this after its start: milliseconds.
 */
const LONGEST_WAY = 100;

/** Longest history kept per key; no limit of the services is above it. */
const MAX_RATE = 1_000;

interface History {
	/** When each call arrived, as far as known; until its answer, when it started. */
	calls: Array<{ at: number }>;
	/** The shortest round trip so far: milliseconds. */
	shortest: number;
}

/**
 * Lets at most `rate` calls start in any window of a second, first come first served. One limiter
 * serves all executions of the process, because the services count per app, not per workflow.
 */
export class RateLimiter {
	private readonly histories = new Map<string, History>();

	/** @param now milliseconds of a clock that is never set back */
	constructor(private readonly now: () => number = () => performance.now()) {}

	/**
	 * Waits for this call's turn. What it gives is to be called when the answer is there: calls made
	 * a second apart may arrive closer together, so the second begins when the call has arrived, which
	 * is half the shortest round trip before its answer.
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
		const history = this.historyOf(key);
		const { calls } = history;
		for (;;) {
			const wait = (calls[calls.length - bounded]?.at ?? -Infinity) + WINDOW - this.now();
			if (wait <= 0 && !signal?.aborted) break;
			await transport.wait(Math.max(0, Math.min(wait, WINDOW)), signal);
		}
		const started = this.now();
		const call = { at: started };
		calls.push(call);
		if (calls.length > 2 * MAX_RATE) calls.splice(0, calls.length - MAX_RATE);
		return () => {
			const roundTrip = this.now() - started;
			history.shortest = Math.min(history.shortest, roundTrip);
			call.at = started + Math.min(LONGEST_WAY, roundTrip - history.shortest / 2);
		};
	}

	private historyOf(key: string): History {
		const history = this.histories.get(key) ?? { calls: [], shortest: Infinity };
		this.histories.set(key, history);
		return history;
	}
}
