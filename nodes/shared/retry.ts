import { toUploadError, type Retry, type UploadError } from './errors';
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
const LONGEST_RETRY_AFTER = 120_000;

export interface RetryOptions {
	transport: Pick<Transport, 'wait'>;
	signal?: AbortSignal;
	/** Whether this error may be answered by doing the work again; default: as the error says. */
	mayRepeat?: (error: UploadError) => boolean;
	/** Told before each wait. */
	onRetry?: (error: UploadError, wait: number, attempt: number) => void;
	random?: () => number;
}

/**
 * Does the work, and does it again after errors that may pass. Waits grow, carry jitter, respect
 * Retry-After and end when the execution is cancelled.
 *
 * @param work gets the number of the attempt, from 1
 * @throws {UploadError} the last error
 */
export async function withRetry<T>(
	work: (attempt: number) => Promise<T>,
	{ transport, signal, mayRepeat = () => true, onRetry, random = Math.random }: RetryOptions,
): Promise<T> {
	const used = { transient: 0, throttled: 0 };
	for (let attempt = 1; ; attempt++) {
		try {
			return await work(attempt);
		} catch (thrown) {
			const error = toUploadError(thrown);
			const { retry = 'never', retryAfter } = error.facts;
			if (retry === 'never' || !mayRepeat(error)) throw toUploadError(error);
			const wait = waitBefore(retry, used[retry]++, retryAfter, random);
			if (wait === undefined) throw exhausted(error, attempt);
			onRetry?.(error, wait, attempt);
			await transport.wait(wait, signal);
		}
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
	if (retryAfter !== undefined && retryAfter > LONGEST_RETRY_AFTER) return undefined;
	const ceiling = Math.min(longest, first * 2 ** repeatsSoFar);
	const wait = ceiling * (0.5 + random() / 2);
	return Math.max(wait, retryAfter ?? 0);
}
