/** A place in a queue. */
export interface Turn {
	/** Resolves when all earlier turns have ended. */
	comes: Promise<void>;
	/** Lets the next one start; must always be called. */
	end: () => void;
}

/**
 * Runs work with the same key one after another, in the order in which turns were taken, and
 * everything else in parallel.
 */
export class KeyedMutex {
	private readonly last = new Map<string, Promise<void>>();

	take(key: string): Turn {
		const comes = this.last.get(key) ?? Promise.resolve();
		let end = () => {};
		const ended = new Promise<void>((resolve) => (end = resolve));
		this.last.set(
			key,
			comes.then(async () => await ended),
		);
		return { comes, end };
	}
}
