import { createSHA1, createSHA256 } from 'hash-wasm';

type Hasher = Awaited<ReturnType<typeof createSHA1>>;

/** Chaining words after so many bytes, without padding. `h` is empty when there were none. */
export interface HashContext {
	h: number[];
	part_offset: number;
}

/** A hash whose state a part of an upload may start from. */
export type StateHashName = 'sha1' | 'sha256';

/** The block both hashes work in. */
export const BLOCK_BYTES = 64;

/**
 * Where hash-wasm's saved state holds what: its C structs behind four bytes that name the build.
 * Everything is little-endian; SHA-1 counts bits, SHA-256 bytes.
 */
const LAYOUTS = {
	sha1: { create: createSHA1, words: 5, at: 4, counterAt: 24, unitsPerByte: 8n },
	sha256: { create: createSHA256, words: 8, at: 76, counterAt: 68, unitsPerByte: 1n },
} as const;

/** How many words a context of that hash has. */
export function wordsOf(name: StateHashName): number {
	return LAYOUTS[name].words;
}

/** A SHA-1 or SHA-256 that starts from, and gives out, the state between two blocks. */
export class StateHash {
	private constructor(
		private readonly hasher: Hasher,
		private readonly layout: (typeof LAYOUTS)[StateHashName],
		private offset: number,
	) {}

	/** A hash of the bytes that come after those the context stands for. */
	static async begin(name: StateHashName, context: HashContext): Promise<StateHash> {
		const layout = LAYOUTS[name];
		const hasher = await layout.create();
		hasher.init();
		if (context.part_offset > 0) {
			const state = Buffer.from(hasher.save());
			context.h.forEach((word, index) => state.writeUInt32LE(word, layout.at + 4 * index));
			const count = BigInt(context.part_offset) * layout.unitsPerByte;
			state.writeBigUInt64LE(count, layout.counterAt);
			hasher.load(state);
		}
		return new StateHash(hasher, layout, context.part_offset);
	}

	update(chunk: Uint8Array): void {
		this.hasher.update(chunk);
		this.offset += chunk.length;
	}

	/** The state now; undefined between blocks' ends, where a context cannot stand. */
	context(): HashContext | undefined {
		if (this.offset % BLOCK_BYTES !== 0) return undefined;
		if (this.offset === 0) return { h: [], part_offset: 0 };
		const state = Buffer.from(this.hasher.save());
		const { words, at } = this.layout;
		const h = Array.from({ length: words }, (_none, index) => state.readUInt32LE(at + 4 * index));
		return { h, part_offset: this.offset };
	}

	/** The digest of everything, in lower-case hex. The last use of the hash. */
	digest(): string {
		return this.hasher.digest('hex');
	}
}
