import { clearTimeout, setImmediate, setTimeout } from 'node:timers';

import { LinkedAbort } from './linked-abort';
import type { ProgressWatch } from './types';

/** So many timeouts may an answer take; after them the next silence ends it. */
const MAX_ANSWER_TIMEOUTS = 2;

/**
 * Aborts its signal when nothing has moved for `timeout` milliseconds, or when one of the given
 * signals does. What is watched may take for ever as long as it moves.
 */
export class StallWatch implements ProgressWatch {
	stalled = false;

	private stopped = false;

	private resting = false;

	/** Grows with everything that moves. */
	private moves = 0;

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
		return setTimeout(() => this.lookAgain(), Math.min(timeout, 2 ** 31 - 1));
	}

	/**
	 * A process that was busy (n8n runs all its workflows in one) sees its timers before it sees what
	 * has come meanwhile: only what has not moved after that has stalled.
	 */
	private lookAgain(): void {
		const { moves } = this;
		setImmediate(() => {
			if (this.moves !== moves || this.stopped || this.resting) return;
			this.stalled = true;
			this.link.abort();
		});
	}

	/**
	 * The system has taken the last byte, but up to megabytes are still in its buffers and on the way
	 * (Linux: tcp_wmem, tcp_rmem), unseen from here: the answer may be as much later as a slow line
	 * (64 KiB/s) needs for them.
	 */
	allSent(size: number): void {
		this.moves++;
		this.restart(this.timeout + Math.min(size, 8 * 2 ** 20) / 64);
	}

	private restart(timeout: number): void {
		if (this.stopped) return;
		clearTimeout(this.timer);
		this.timer = this.start(timeout);
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
		this.resting = false;
		this.moves++;
		if (!this.stopped) this.timer.refresh();
	}

	rest(): void {
		this.resting = true;
	}

	/**
	 * Progress of an answer, which is small: one that trickles for ever would otherwise hold an
	 * execution for ever.
	 *
	 * @param since when it began, by `performance.now()`
	 */
	answerProgress(since: number): void {
		if (performance.now() - since >= MAX_ANSWER_TIMEOUTS * this.timeout) return;
		// All of the body has arrived: no more time is needed for it.
		this.moves++;
		this.restart(this.timeout);
	}

	stop(): void {
		this.stopped = true;
		clearTimeout(this.timer);
		this.link.unlink();
	}
}
