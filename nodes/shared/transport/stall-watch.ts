import { clearTimeout, setTimeout } from 'node:timers';

import { LinkedAbort } from './linked-abort';

/** So many timeouts may an answer take; after them the next silence ends it. */
const LONGEST_ANSWER = 2;

/**
 * Aborts its signal when nothing has moved for `timeout` milliseconds, or when one of the given
 * signals does. A request may take for ever as long as it moves.
 */
export class StallWatch {
	stalled = false;

	private stopped = false;

	private timer: NodeJS.Timeout;

	private readonly link: LinkedAbort;

	constructor(
		private readonly timeout: number,
		cancelSignals: Array<AbortSignal | undefined>,
	) {
		this.link = new LinkedAbort(cancelSignals);
		this.timer = this.start(timeout);
	}

	private start(timeout: number) {
		return setTimeout(
			() => {
				this.stalled = true;
				this.link.abort();
			},
			Math.min(timeout, 2 ** 31 - 1),
		);
	}

	/**
	 * The system has taken the last byte, but up to megabytes are still in its buffers and on the way
	 * (Linux: tcp_wmem, tcp_rmem), unseen from here: the answer may be as much later as a slow line
	 * (64 KiB/s) needs for them.
	 */
	allSent(size: number): void {
		if (this.stopped) return;
		clearTimeout(this.timer);
		this.timer = this.start(this.timeout + Math.min(size, 8 * 2 ** 20) / 64);
	}

	get signal(): AbortSignal {
		return this.link.signal;
	}

	get cancelled(): boolean {
		return this.link.cancelled;
	}

	abort(): void {
		this.link.abort();
	}

	/** A chunk may still come when the request has been given up: that must not start the timer anew. */
	progress(): void {
		if (!this.stopped) this.timer.refresh();
	}

	/**
	 * Progress of an answer, which is small: one that trickles for ever would otherwise hold an
	 * execution for ever.
	 *
	 * @param since when it began, by `performance.now()`
	 */
	answerProgress(since: number): void {
		if (performance.now() - since < LONGEST_ANSWER * this.timeout) this.progress();
	}

	stop(): void {
		this.stopped = true;
		clearTimeout(this.timer);
		this.link.unlink();
	}
}
