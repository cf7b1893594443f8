import type { Transport } from './transport';

/** The window in which services count calls, in milliseconds. */
const SECOND = 1_000;

/**
 * Longest assumed travel time of a call in milliseconds. When a response is late, the call has not
 * been on its way all that time.
 */
const MAX_TRAVEL_TIME = 100;

/** Maximum number of calls kept per key; no limit of the services is higher. */
const MAX_RATE = 1_000;

/** Factor by which the rate of the last second drops when the service refuses a call for it. */
const DECREASE = 0.6;

/** How much the rate grows again every second: a share of the caller's own limit. */
const INCREASE = 1 / 60;

interface Call {
	/** When it arrived, as far as known; until its response, when it started. */
	at: number;
	/** The limit of its caller, in calls per second. */
	rate: number;
}

interface History {
	calls: Call[];
	/**
	 * The rate left for this process since the service refused a call: others use the account too.
	 */
	share?: { rate: number; since: number };
	/** The shortest round trip so far, in milliseconds. */
	shortest: number;
}

/**
 * Lets at most `rate` calls start in any window of one second, first come, first served. One
 * limiter serves all executions of the process, because the services count per app, not per
 * workflow.
 *
 * When callers have different rates, a caller's own rate counts only calls with the same or a lower
 * rate, and the highest rate counts all calls. Otherwise a caller with a low rate would never get a
 * turn while another one uses up a higher rate.
 *
 * Other processes (n8n's workers) have limiters of their own. Refusals by the service reveal them:
 * the rate drops at once and grows slowly, as in TCP (RFC 5681), so that all processes share.
 */
export class RateLimiter {
	private readonly histories = new Map<string, History>();

	/** @param now the time in milliseconds, by a clock that is never set back */
	constructor(private readonly now: () => number = () => performance.now()) {}

	/**
	 * Waits for this call's turn. Calls made a second apart may arrive closer together, so the second
	 * begins when the call has arrived: half the shortest round trip before its response.
	 *
	 * @param key what the service counts together, e.g. app and API
	 * @param rate calls per second; calls with different rates may share a key
	 * @returns a function to call when the response has arrived
	 */
	async admit(
		key: string,
		rate: number,
		transport: Pick<Transport, 'wait'>,
		signal?: AbortSignal,
	): Promise<() => void> {
		const bounded = boundedRate(rate);
		const history = this.historyOf(key);
		const { calls } = history;
		for (;;) {
			const wait = waitFor(calls, bounded, this.shareOf(history, bounded), this.now());
			if (wait <= 0 && !signal?.aborted) break;
			await transport.wait(Math.max(0, Math.min(wait, SECOND)), signal);
		}
		const started = this.now();
		const call = { at: started, rate: bounded };
		calls.push(call);
		if (calls.length > 2 * MAX_RATE) calls.splice(0, calls.length - MAX_RATE);
		return () => {
			const roundTrip = this.now() - started;
			history.shortest = Math.min(history.shortest, roundTrip);
			call.at = started + Math.min(MAX_TRAVEL_TIME, roundTrip - history.shortest / 2);
		};
	}

	/**
	 * Lowers the rate after the service has refused a call for its rate. If this process made only
	 * few calls lately, others caused the refusal, and half the rate is taken as what they have left.
	 */
	slowDown(key: string, rate: number): void {
		const history = this.historyOf(key);
		const now = this.now();
		// Calls already on their way are refused for the same reason.
		if (history.share && now - history.share.since < SECOND) return;
		const bounded = boundedRate(rate);
		const recent = history.calls.filter(({ at }) => at > now - SECOND).length;
		const used = Math.min(Math.max(recent, bounded / 2), this.shareOf(history, bounded));
		history.share = { rate: Math.max(1, DECREASE * used), since: now };
	}

	/** Returns the calls per second that the account has left for this process, as far as known. */
	private shareOf({ share }: History, rate: number): number {
		if (!share) return Infinity;
		return Math.floor(share.rate + (INCREASE * rate * (this.now() - share.since)) / 1_000);
	}

	private historyOf(key: string): History {
		const history = this.histories.get(key) ?? { calls: [], shortest: Infinity };
		this.histories.set(key, history);
		return history;
	}
}

function boundedRate(rate: number): number {
	return Math.min(Math.max(1, Math.floor(rate)), MAX_RATE);
}

/**
 * Returns how long a call must wait.
 *
 * @param share the limit for all calls together
 * @returns milliseconds until a call with this rate may start; 0 or less means now
 */
function waitFor(calls: Call[], rate: number, share: number, now: number): number {
	const recent = calls.filter(({ at }) => at > now - SECOND);
	const own = recent.filter((call) => call.rate <= rate);
	const highest = Math.max(rate, ...recent.map((call) => call.rate));
	const most = Math.min(highest, share);
	return Math.max(untilBelow(own, rate, now), untilBelow(recent, most, now));
}

/** Returns the milliseconds until fewer than `most` of the calls lie within the last second. */
function untilBelow(calls: Call[], most: number, now: number): number {
	const last = calls[calls.length - most];
	return last ? last.at + SECOND - now : 0;
}
