import { clearTimeout, setTimeout } from 'node:timers';

import { LinkedAbort } from './linked-abort';

/**
 * Aborts its signal when nothing has moved for `timeout` milliseconds, or when one of the given
 * signals does. A request may take for ever as long as it moves.
 */
export class StallWatch {
	stalled = false;

	private readonly timer: NodeJS.Timeout;

	private readonly link: LinkedAbort;

	constructor(timeout: number, cancelSignals: Array<AbortSignal | undefined>) {
		this.link = new LinkedAbort(cancelSignals);
		this.timer = setTimeout(() => {
			this.stalled = true;
			this.link.abort();
		}, timeout);
	}

	get signal(): AbortSignal {
		return this.link.signal;
	}

	get cancelled(): boolean {
		return this.link.cancelled;
	}

	progress(): void {
		this.timer.refresh();
	}

	stop(): void {
		clearTimeout(this.timer);
		this.link.unlink();
	}
}
