import { unreadable, type FileSource } from '../../shared/binary';
import { wrongLength } from '../../shared/oss/put-object';
import { bytesOf, split } from './chunks';

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
	 * The next `size` bytes, or what is left of the file.
	 *
	 * @throws {UploadError} when the file cannot be read or is shorter or longer than declared
	 */
	async take(size: number): Promise<Uint8Array[]> {
		const wanted = Math.min(size, this.left);
		let available = bytesOf(this.rest);
		while (available < wanted) {
			const chunk = await this.next();
			if (!chunk) throw wrongLength(this.offset + available, this.source.size, 'short');
			this.rest.push(chunk);
			available += chunk.length;
		}
		const [taken, rest] = split(this.rest, wanted);
		this.rest = rest;
		this.offset += wanted;
		if (this.left === 0) await this.expectEnd();
		return taken;
	}

	/** Takes back the last bytes that were taken. */
	giveBack(chunks: Uint8Array[]): void {
		this.rest = [...chunks, ...this.rest];
		this.offset -= bytesOf(chunks);
	}

	/** Closes the file, wherever reading has come. */
	async close(): Promise<void> {
		await this.iterator.return?.();
	}

	private async expectEnd(): Promise<void> {
		const extra = bytesOf(this.rest) + ((await this.next())?.length ?? 0);
		const { size } = this.source;
		if (extra > 0) throw wrongLength(size + extra, size, 'long');
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
