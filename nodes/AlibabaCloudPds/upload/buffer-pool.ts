import { abortable } from '../../shared/transport';

/** A buffer for one part. */
export interface PartBuffer {
	/**
	 * Returns the memory. It is reused for the next part, so no reference to it may be kept.
	 *
	 * @param size bytes
	 */
	room(size: number): Uint8Array;
	/** Returns the buffer to the pool; to be called once. */
	release(): void;
}

/**
 * A pool of buffers for parts. It limits how many parts are read and sent at the same time, over
 * all files of an execution; the longest waiting is served first.
 *
 * Each buffer keeps its memory for the next part: discarded memory would pile up faster than it is
 * garbage-collected.
 */
export class BufferPool {
	private readonly waiting: Array<(buffer: PartBuffer) => void> = [];

	private readonly idle: PartBuffer[];

	constructor(count: number) {
		this.idle = Array.from({ length: count }, () => this.newBuffer());
	}

	/**
	 * Waits for a buffer. Prefers the one used last, which already has memory.
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
