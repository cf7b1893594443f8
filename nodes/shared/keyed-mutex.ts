/** The place of one in a queue. */
export interface Turn {
	/** Resolves when all who came before have ended. */
	comes: Promise<void>;
	/** Lets the next one go on; must be called whatever happens. */
	end: () => void;
}

/**
 * Lets those who share a key go one after another, in the order in which they took their turns,
 * while all others go on in parallel.
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
