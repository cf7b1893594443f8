import type { HashState } from '../api/upload-part';
import { createSHA1, type IHasher } from '../../shared/vendor/hash-wasm';

/** hash-wasm puts a mark of its build before the state. */
const MARK = 4;

/** Chaining words of SHA-1. */
const WORDS = 5;

/** SHA-1 works on blocks of this many bytes; between them the words are all of its state. */
export const BLOCK = 64;

/** An incremental SHA-1 that can tell its state, which Node.js' own cannot. */
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
	 * The state after the bytes so far, for the part that follows them.
	 *
	 * @throws {RangeError} when a block is unfinished
	 */
	get state(): HashState {
		const { bytes } = this;
		if (bytes % BLOCK !== 0) throw new RangeError(`${bytes} bytes are no whole blocks of ${BLOCK}`);
		// The service wants no words before the first byte.
		if (bytes === 0) return { h: [], part_offset: 0 };
		const saved = this.hasher.save();
		const view = new DataView(saved.buffer, saved.byteOffset + MARK, WORDS * 4);
		const h = Array.from({ length: WORDS }, (_, word) => view.getUint32(word * 4, true));
		return { h, part_offset: bytes };
	}

	/** Upper-case hex; nothing can be added afterwards. */
	digest(): string {
		return this.hasher.digest('hex').toUpperCase();
	}
}
