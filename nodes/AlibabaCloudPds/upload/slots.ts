/**
 * Places for parts in memory: no more than so many are read and on their way at the same time, over
 * all files of an execution. Who waits longest is served first.
 */
export class Slots {
	private readonly waiting: Array<() => void> = [];

	constructor(private free: number) {}

	/** Waits for a place. @returns gives it back; to be called once */
	async take(): Promise<() => void> {
		if (this.free > 0) this.free--;
		else await new Promise<void>((resolve) => this.waiting.push(resolve));
		return () => this.release();
	}

	private release(): void {
		const next = this.waiting.shift();
		if (next) next();
		else this.free++;
	}
}
