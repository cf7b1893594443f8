import { setMaxListeners } from 'node:events';

/**
 * An abort controller that follows other signals until it is unlinked. `AbortSignal.any` would do
 * the same, but in Node.js 20 a signal that lives as long as an execution keeps all its followers
 * alive, and an execution can make tens of thousands of requests.
 */
export class LinkedAbort {
	private readonly controller = new AbortController();

	private readonly sources: AbortSignal[];

	constructor(sources: Array<AbortSignal | undefined>) {
		this.sources = sources.filter((source) => source !== undefined);
		setMaxListeners(0, this.controller.signal);

		for (const source of this.sources) {
			setMaxListeners(0, source);
			source.addEventListener('abort', this.abort);
		}
		if (this.cancelled) this.abort();
	}

	get signal(): AbortSignal {
		return this.controller.signal;
	}

	/** Whether one of the followed signals is aborted. */
	get cancelled(): boolean {
		return this.sources.some((source) => source.aborted);
	}

	readonly abort = (): void => this.controller.abort();

	unlink(): void {
		for (const source of this.sources) source.removeEventListener('abort', this.abort);
	}
}
