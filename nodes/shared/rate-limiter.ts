import type { Transport } from './transport';

/** The service's second. */
const SECOND = 1_000;

/**
 * A call whose answer is late has not been on its way all the time: it counts as having arrived no
 * later than this after its start: milliseconds.
 */
const MAX_TRAVEL_TIME = 100;

/** Longest history kept per key; no limit of the services is above it. */
const MAX_RATE = 1_000;

/** What is left of the rate of the last second when the service has refused a call for it. */
const DECREASE = 0.6;

/** By how much it grows again in every second after that: share of what the caller keeps to. */
const INCREASE = 1 / 40;

interface Call {
	/** When it arrived, as far as known; until its answer, when it started. */
	at: number;
	/** What its caller keeps to: calls per second. */
	rate: number;
}

interface History {
	calls: Call[];
	/** Since the service refused a call for its rate: others use the same account up. */
	share?: { rate: number; since: number };
	/** The shortest round trip so far: milliseconds. */
	shortest: number;
}

/**
 * Lets at most `rate` calls start in any window of a second, first come first served. One limiter
 * serves all executions of the process, because the services count per app, not per workflow.
 *
 * Where they keep to different rates, the calls of those who keep to the same or a lower one count
 * against a caller's own rate, and all calls against the highest: one who keeps to a low rate would
 * otherwise have no turn while another one uses a higher one up.
 *
 * Other processes (n8n's workers) have limiters of their own. What the service refuses tells of them:
 * the rate goes down at once and comes up slowly, as in TCP (RFC 5681), which lets them all share.
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
	 * Is to be told that the service has refused a call for its rate. Who made few calls lately had none
	 * to spare: the refusal is due to others, and half the rate stands for what they have left.
	 */
	slowDown(key: string, rate: number): void {
		const history = this.historyOf(key);
		const now = this.now();
		// Those that were on their way are refused for the same reason.
		if (history.share && now - history.share.since < SECOND) return;
		const bounded = boundedRate(rate);
		const recent = history.calls.filter(({ at }) => at > now - SECOND).length;
		const used = Math.min(Math.max(recent, bounded / 2), this.shareOf(history, bounded));
		history.share = { rate: Math.max(1, DECREASE * used), since: now };
	}

	/** Calls per second that the account has left for this process, as far as known. */
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
 * @param share what all calls together keep to
 * @returns milliseconds until a call that keeps to the rate may start; 0 or less: now
 */
function waitFor(calls: Call[], rate: number, share: number, now: number): number {
	const recent = calls.filter(({ at }) => at > now - SECOND);
	const own = recent.filter((call) => call.rate <= rate);
	const highest = Math.max(rate, ...recent.map((call) => call.rate));
	const most = Math.min(highest, share);
	return Math.max(untilBelow(own, rate, now), untilBelow(recent, most, now));
}

/** @returns milliseconds until fewer than `most` of the calls lie within the last second */
function untilBelow(calls: Call[], most: number, now: number): number {
	const last = calls[calls.length - most];
	return last ? last.at + SECOND - now : 0;
}
