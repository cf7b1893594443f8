/** A place for one part. */
export interface Slot {
	/**
	 * The memory of the place. It is used again for the next part, so nothing of it may be kept.
	 *
	 * @param size bytes
	 */
	room(size: number): Uint8Array;
	/** Gives the place back; to be called once. */
	release(): void;
}

/**
 * Places for parts in memory: no more than so many are read and on their way at the same time, over
 * all files of an execution. Who waits longest is served first.
 *
 * Each place keeps its memory for the next part: what parts leave behind would pile up faster than it
 * is collected.
 */
export class Slots {
	private readonly waiting: Array<(slot: Slot) => void> = [];

	private readonly idle: Slot[];

	constructor(count: number) {
		this.idle = Array.from({ length: count }, () => this.newSlot());
	}

	/** Waits for a place. The one used last comes first: it has memory already. */
	async take(): Promise<Slot> {
		return this.idle.pop() ?? (await new Promise<Slot>((resolve) => this.waiting.push(resolve)));
	}

	private newSlot(): Slot {
		let memory = new Uint8Array();
		const slot: Slot = {
			room: (size) => {
				if (memory.length < size) memory = new Uint8Array(size);
				return memory.subarray(0, size);
			},
			release: () => {
				const next = this.waiting.shift();
				if (next) next(slot);
				else this.idle.push(slot);
			},
		};
		return slot;
	}
}
