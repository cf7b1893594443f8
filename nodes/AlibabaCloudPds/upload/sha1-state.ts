import type { HashState } from '../api/upload-part';
import { createSHA1, type IHasher } from '../../shared/vendor/hash-wasm';

/** Bytes that hash-wasm puts before the state, to mark its build. */
const MARK = 4;

/** Number of chaining words of SHA-1. */
const WORDS = 5;

/** Block size of SHA-1 in bytes; between blocks, the chaining words are its whole state. */
export const BLOCK = 64;

/** An incremental SHA-1 that exposes its state, which that of Node.js does not. */
export class Sha1State {
	private bytes = 0;

	private constructor(private readonly hasher: IHasher) {}

	static async create(): Promise<Sha1State> {
		return new Sha1State((await createSHA1()).init());
	}

	update(bytes: Uint8Array): void {
		this.bytes += bytes.length;
		this.hasher.update(bytes);
	}

	/**
	 * The state after the bytes so far, for the part that follows.
	 *
	 * @throws {RangeError} in the middle of a block
	 */
	get state(): HashState {
		const { bytes } = this;
		if (bytes % BLOCK !== 0) throw new RangeError(`${bytes} bytes are no whole blocks of ${BLOCK}`);
		// Before the first byte, the service expects no words.
		if (bytes === 0) return { h: [], part_offset: 0 };
		const saved = this.hasher.save();
		const view = new DataView(saved.buffer, saved.byteOffset + MARK, WORDS * 4);
		const h = Array.from({ length: WORDS }, (_, word) => view.getUint32(word * 4, true));
		return { h, part_offset: bytes };
	}

	/** Returns the SHA-1 in upper-case hex; nothing can be added afterwards. */
	digest(): string {
		return this.hasher.digest('hex').toUpperCase();
	}
}
