import { readFile, type Content, type ReadOptions } from '../../shared/binary';
import { wrongLength } from '../../shared/oss';

/**
 * Cuts a file's stream into pieces of any size. It is read once from its beginning to its end and
 * never further than asked for, but for the rest of the last chunk.
 */
export class PartReader {
	/** Bytes that were taken and not given back. */
	offset = 0;

	/** Bytes that the hash has. */
	private hashed = 0;

	private rest: Uint8Array[] = [];

	private readonly chunks: AsyncGenerator<Uint8Array>;

	/** @param hash of the file: it is given each byte once, when the byte is first taken */
	constructor(
		private readonly source: Content,
		private readonly hash: { update(bytes: Uint8Array): unknown },
		options: ReadOptions,
	) {
		this.chunks = readFile(source, options);
	}

	/** Bytes that are still to be taken. */
	get left(): number {
		return this.source.size - this.offset;
	}

	/**
	 * Copies the next bytes into the memory given.
	 *
	 * @returns the part of it that was filled: all, unless the file ends before
	 * @throws {UploadError} when the file cannot be read or is shorter or longer than declared
	 */
	async take(into: Uint8Array): Promise<Uint8Array> {
		const taken = into.subarray(0, Math.min(into.length, this.left));
		let filled = 0;
		while (filled < taken.length) {
			const chunk = this.rest.shift() ?? (await this.next());
			if (!chunk) throw wrongLength(this.offset + filled, this.source.size, 'short');
			const fitting = chunk.subarray(0, taken.length - filled);
			taken.set(fitting, filled);
			// Now, while the processor has the bytes at hand: later they would come from memory once more.
			this.feed(fitting, this.offset + filled);
			filled += fitting.length;
			if (fitting.length < chunk.length) this.rest.unshift(chunk.subarray(fitting.length));
		}
		this.offset += filled;
		if (this.left === 0) await this.expectEnd();
		return taken;
	}

	/** Takes back the last bytes that were taken; they are copied. */
	giveBack(bytes: Uint8Array): void {
		if (bytes.length > 0) this.rest.unshift(bytes.slice());
		this.offset -= bytes.length;
	}

	/** Closes the file, wherever reading has come. */
	async close(): Promise<void> {
		await this.chunks.return(undefined);
	}

	/** @param from the offset of the bytes; what was given back is known already */
	private feed(bytes: Uint8Array, from: number): void {
		const unknown = bytes.subarray(Math.max(0, this.hashed - from));
		if (unknown.length > 0) this.hash.update(unknown);
		this.hashed += unknown.length;
	}

	private async expectEnd(): Promise<void> {
		const extra = this.rest[0] ?? (await this.next());
		const { size } = this.source;
		if (extra && extra.length > 0) throw wrongLength(size + extra.length, size, 'long');
	}

	private async next(): Promise<Uint8Array | undefined> {
		const { done, value } = await this.chunks.next();
		return done ? undefined : value;
	}
}
