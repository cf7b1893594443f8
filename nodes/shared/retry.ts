import {
	mayRepeat,
	overall,
	toUploadError,
	type Effect,
	type Retry,
	type UploadError,
} from './errors';
import type { Transport } from './transport';

interface Backoff {
	/** Maximum number of repetitions after the first try. */
	repeats: number;
	/** Milliseconds before the first repetition; doubles with each one. */
	first: number;
	/** Longest wait in milliseconds, unless the service asks for more. */
	longest: number;
}

/** DingTalk advises a pause of one second after a rate error, which clears within seconds. */
const BACKOFF: Record<Exclude<Retry, 'never'>, Backoff> = {
	transient: { repeats: 4, first: 400, longest: 15_000 },
	throttled: { repeats: 10, first: 1_000, longest: 8_000 },
};

/** Longest Retry-After that is respected, in milliseconds; after a longer one the call fails. */
const MAX_RETRY_AFTER = 120_000;

export interface RetryOptions {
	transport: Pick<Transport, 'wait'>;
	/** What the work leaves behind; by default nothing, so that it may always be repeated. */
	effect?: Effect;
	/** Ends the waits. */
	signal?: AbortSignal;
	/** Called before each wait, which is in milliseconds. */
	onRetry?: (error: UploadError, wait: number, attempt: number) => void;
	random?: () => number;
}

/**
 * Does the work, and repeats it after errors that may pass, where that is safe. Waits grow, have
 * jitter, respect Retry-After and end when the execution is cancelled.
 *
 * @param work gets the number of the attempt, starting at 1
 * @throws {UploadError} the last error, with the outcome of all attempts together
 */
export async function withRetry<T>(
	work: (attempt: number) => Promise<T>,
	options: RetryOptions,
): Promise<T> {
	const attempts = new Attempts(options);
	for (let attempt = 1; ; attempt++) {
		try {
			return await work(attempt);
		} catch (thrown) {
			await attempts.waitAfter(thrown, attempt);
		}
	}
}

class Attempts {
	private readonly used = { transient: 0, throttled: 0 };

	/** Whether the response to one of the attempts was lost. */
	private lost = false;

	constructor(private readonly options: RetryOptions) {}

	/** Waits before the next attempt. @throws {UploadError} when there is none */
	async waitAfter(thrown: unknown, attempt: number): Promise<void> {
		const { transport, effect = 'none', signal, onRetry, random = Math.random } = this.options;
		const { retry = 'never', retryAfter, outcome } = toUploadError(thrown).facts;
		const error = this.overall(thrown, effect);
		if (retry === 'never' || !mayRepeat(outcome, effect)) throw error;
		const wait = waitBefore(retry, this.used[retry]++, retryAfter, random);
		if (wait === undefined) throw exhausted(error, attempt);
		onRetry?.(error, wait, attempt);
		await transport.wait(wait, signal).catch((stopped: unknown) => {
			throw this.overall(stopped, effect);
		});
	}

	private overall(thrown: unknown, effect: Effect): UploadError {
		const error = toUploadError(thrown);
		const { outcome } = error.facts;
		this.lost ||= outcome === 'unknown';
		return error.with({ outcome: overall(outcome, effect, this.lost) });
	}
}

/** Marks an error as final: callers must not retry it again. */
function exhausted(error: UploadError, attempts: number): UploadError {
	return error.with({ retry: 'never', details: { attempts } });
}

/** Returns the wait in milliseconds, or undefined when no attempt is left. */
function waitBefore(
	retry: Exclude<Retry, 'never'>,
	repeatsSoFar: number,
	retryAfter: number | undefined,
	random: () => number,
): number | undefined {
	const { repeats, first, longest } = BACKOFF[retry];
	if (repeatsSoFar >= repeats) return undefined;
	if (retryAfter !== undefined && retryAfter > MAX_RETRY_AFTER) return undefined;
	const ceiling = Math.min(longest, first * 2 ** repeatsSoFar);
	const wait = ceiling * (0.5 + random() / 2);
	return Math.max(wait, retryAfter ?? 0);
}
