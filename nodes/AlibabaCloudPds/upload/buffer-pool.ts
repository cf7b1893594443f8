import { abortable } from '../../shared/transport';

/** A place for one part. */
export interface PartBuffer {
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
 * Memory for parts: no more than so many are read and on their way at the same time, over all files
 * of an execution. Who waits longest is served first.
 *
 * Each place keeps its memory for the next part: what parts leave behind would pile up faster than it
 * is collected.
 */
export class BufferPool {
	private readonly waiting: Array<(buffer: PartBuffer) => void> = [];

	private readonly idle: PartBuffer[];

	constructor(count: number) {
		this.idle = Array.from({ length: count }, () => this.newBuffer());
	}

	/**
	 * Waits for a place. The one used last comes first: it has memory already.
	 *
	 * @throws {TransportError} when the signal is aborted
	 */
	async take(signal: AbortSignal): Promise<PartBuffer> {
		const taking = this.next();
		return await abortable(taking, signal).catch((stopped: Error) => {
			void taking.then((buffer) => buffer.release());
			throw stopped;
		});
	}

	private async next(): Promise<PartBuffer> {
		return this.idle.pop() ?? (await new Promise((resolve) => this.waiting.push(resolve)));
	}

	private newBuffer(): PartBuffer {
		let memory = new Uint8Array();
		const buffer: PartBuffer = {
			room: (size) => {
				if (memory.length < size) memory = new Uint8Array(size);
				return memory.subarray(0, size);
			},
			release: () => {
				const next = this.waiting.shift();
				if (next) next(buffer);
				else this.idle.push(buffer);
			},
		};
		return buffer;
	}
}
