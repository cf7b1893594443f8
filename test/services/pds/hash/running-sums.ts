import { createHash, type Hash } from 'node:crypto';
import type { PdsHashName } from '../types';

const NAMES = ['md5', 'sha1', 'sha256'] as const;

/** Digests of whole files, '' where it was not asked for. */
export type Sums = Record<(typeof NAMES)[number], string>;

/** Digests of a file that arrives in order, part after part. */
export class RunningSums {
	private constructor(private readonly hashes: Partial<Record<keyof Sums, Hash>>) {}

	static begin(wanted: PdsHashName[]): RunningSums {
		const names = NAMES.filter((name) => wanted.includes(name));
		return new RunningSums(Object.fromEntries(names.map((name) => [name, createHash(name)])));
	}

	/** The digests of bytes at hand. */
	static of(bytes: Buffer, wanted: PdsHashName[]): Sums {
		const sums = RunningSums.begin(wanted);
		sums.update(bytes);
		return sums.finish();
	}

	update(chunk: Uint8Array): void {
		for (const name of NAMES) this.hashes[name]?.update(chunk);
	}

	/** The same state once more: a part that breaks off must leave no trace. */
	copy(): RunningSums {
		const copies = NAMES.map((name) => [name, this.hashes[name]?.copy()]);
		return new RunningSums(Object.fromEntries(copies) as Partial<Record<keyof Sums, Hash>>);
	}

	/** The result; the sums can go on after it. */
	finish(): Sums {
		const result = NAMES.map((name) => [name, this.hashes[name]?.copy().digest('hex') ?? '']);
		return Object.fromEntries(result) as Sums;
	}
}
