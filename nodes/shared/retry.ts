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
	/** How often the work is repeated after the first try. */
	repeats: number;
	/** Milliseconds before the first repeat; doubles with each. */
	first: number;
	/** Milliseconds that no wait exceeds, unless the service asks for more. */
	longest: number;
}

/** DingTalk advises a second's pause after a rate error; it clears within seconds. */
const BACKOFF: Record<Exclude<Retry, 'never'>, Backoff> = {
	transient: { repeats: 4, first: 400, longest: 15_000 },
	throttled: { repeats: 10, first: 1_000, longest: 8_000 },
};

/** A service that asks for a longer pause than this is not waited for. */
const MAX_RETRY_AFTER = 120_000;

export interface RetryOptions {
	transport: Pick<Transport, 'wait'>;
	/** What the work leaves behind; default nothing, so that it may always be done again. */
	effect?: Effect;
	/** Ends the waits. */
	signal?: AbortSignal;
	/** Told before each wait. */
	onRetry?: (error: UploadError, wait: number, attempt: number) => void;
	random?: () => number;
}

/**
 * Does the work, and does it again after errors that may pass, where that is safe. Waits grow, carry
 * jitter, respect Retry-After and end when the execution is cancelled.
 *
 * @param work gets the number of the attempt, from 1
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

	/** Whether the answer to one of them was lost. */
	private lost = false;

	constructor(private readonly options: RetryOptions) {}

	/** Waits before the next attempt. @throws {UploadError} when there is to be none */
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

/** It has been tried often enough: whoever called the work does not try again. */
function exhausted(error: UploadError, attempts: number): UploadError {
	return error.with({ retry: 'never', details: { attempts } });
}

/** @returns milliseconds, or undefined when it has been tried often enough */
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
