import { readFile, type Content, type ReadOptions } from '../../shared/binary';
import { wrongLength } from '../../shared/oss';

/**
 * Cuts a file's stream into pieces of any size. Reads the file once, from beginning to end, and
 * never further ahead than the rest of the last chunk.
 */
export class PartReader {
	/** Number of bytes taken and not given back. */
	offset = 0;

	/** Number of bytes given to the hash. */
	private hashed = 0;

	private rest: Uint8Array[] = [];

	private readonly chunks: AsyncGenerator<Uint8Array>;

	/** @param hash of the file; it gets each byte once, when the byte is first taken */
	constructor(
		private readonly source: Content,
		private readonly hash: { update(bytes: Uint8Array): unknown },
		options: ReadOptions,
	) {
		this.chunks = readFile(source, options);
	}

	/** Number of bytes still to be taken. */
	get left(): number {
		return this.source.size - this.offset;
	}

	/**
	 * Copies the next bytes into the given memory.
	 *
	 * @returns the filled part of it: all of it, unless the file ends earlier
	 * @throws {UploadError} when the file cannot be read, or is shorter or longer than declared
	 */
	async take(into: Uint8Array): Promise<Uint8Array> {
		const taken = into.subarray(0, Math.min(into.length, this.left));
		let filled = 0;
		while (filled < taken.length) {
			const chunk = this.rest.shift() ?? (await this.next());
			if (!chunk) throw wrongLength(this.offset + filled, this.source.size, 'short');
			const fitting = chunk.subarray(0, taken.length - filled);
			taken.set(fitting, filled);
			// Hashed now, while the bytes are in the processor's cache.
			this.feed(fitting, this.offset + filled);
			filled += fitting.length;
			if (fitting.length < chunk.length) this.rest.unshift(chunk.subarray(fitting.length));
		}
		this.offset += filled;
		if (this.left === 0) await this.expectEnd();
		return taken;
	}

	/** Takes back the last bytes taken, and copies them. */
	giveBack(bytes: Uint8Array): void {
		if (bytes.length > 0) this.rest.unshift(bytes.slice());
		this.offset -= bytes.length;
	}

	/** Closes the file, however far it was read. */
	async close(): Promise<void> {
		await this.chunks.return(undefined);
	}

	/** Hashes bytes. @param from their offset; those that were given back are not hashed again */
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
