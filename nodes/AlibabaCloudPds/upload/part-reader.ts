import { unreadable, type FileSource } from '../../shared/binary';
import { wrongLength } from '../../shared/oss/put-object';

/**
 * Cuts a file's stream into pieces of any size. It is read once from its beginning to its end and
 * never further than asked for, but for the rest of the last chunk.
 */
export class PartReader {
	/** Bytes that were taken and not given back. */
	offset = 0;

	private rest: Uint8Array[] = [];

	private readonly iterator: AsyncIterator<Uint8Array>;

	constructor(private readonly source: Pick<FileSource, 'size' | 'open'>) {
		this.iterator = source.open()[Symbol.asyncIterator]();
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
		await this.iterator.return?.();
	}

	private async expectEnd(): Promise<void> {
		const extra = this.rest[0] ?? (await this.next());
		const { size } = this.source;
		if (extra && extra.length > 0) throw wrongLength(size + extra.length, size, 'long');
	}

	private async next(): Promise<Uint8Array | undefined> {
		try {
			const { done, value } = await this.iterator.next();
			return done ? undefined : value;
		} catch (error) {
			throw unreadable(error);
		}
	}
}
