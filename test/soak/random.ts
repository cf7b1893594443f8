/** Draws that are the same in every run with the same seed (mulberry32). */
export class Random {
	constructor(private state: number) {}

	/** At least 0, less than 1. */
	next(): number {
		this.state = (this.state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	}

	/** A whole number, both ends included. */
	whole(least: number, most: number): number {
		return least + Math.floor(this.next() * (most - least + 1));
	}

	pick<T>(choices: readonly T[]): T {
		return choices[this.whole(0, choices.length - 1)];
	}

	/** One of the names, as often as its weight says. */
	weighted<Name extends string>(weights: Record<Name, number>): Name {
		const all = Object.entries<number>(weights) as Array<[Name, number]>;
		const sum = all.reduce((total, [, weight]) => total + weight, 0);
		let left = this.next() * sum;
		return all.find(([, weight]) => (left -= weight) < 0)?.[0] ?? all[0][0];
	}
}
