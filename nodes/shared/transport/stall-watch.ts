import { clearTimeout, setImmediate, setTimeout } from 'node:timers';

import { LinkedAbort } from './linked-abort';
import type { ProgressWatch } from './types';

/** After this many timeouts, progress of a response no longer restarts the timer. */
const MAX_ANSWER_TIMEOUTS = 2;

/**
 * Aborts its signal when nothing has moved for `timeout` milliseconds, or when one of the given
 * signals aborts. As long as something moves, there is no time limit.
 */
export class StallWatch implements ProgressWatch {
	stalled = false;

	private stopped = false;

	private resting = false;

	/** Counts everything that moves. */
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
	 * Aborts unless something has moved by the end of this event loop cycle. After the process was
	 * busy (n8n runs all its workflows in one), timers fire before it sees the data that arrived
	 * meanwhile.
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
	 * Extends the timeout after the last byte was handed to the system. Megabytes may still be in its
	 * buffers and on the way (Linux: tcp_wmem, tcp_rmem), unseen from here, so the response gets the
	 * time that a slow line (64 KiB/s) needs for them.
	 *
	 * @param size of the body, in bytes
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

	/** Does not restart a stopped timer: a chunk may still arrive after the request was given up. */
	progress(): void {
		this.resting = false;
		this.moves++;
		if (!this.stopped) this.timer.refresh();
	}

	rest(): void {
		this.resting = true;
	}

	/**
	 * Records progress of a response, but only for a limited time. Responses are small, and one that
	 * trickles forever would hold an execution forever.
	 *
	 * @param since when the response began, by `performance.now()`
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
