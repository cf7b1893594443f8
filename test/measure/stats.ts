/** The middle value; of an even number the mean of the two in the middle. */
export function median(values: number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = sorted.length / 2;
	if (sorted.length % 2 === 1) return sorted[Math.floor(middle)];
	return (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The least value that so many percent of the values are not above. */
export function percentile(values: number[], percent: number): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)];
}

/** Values of several contenders, by contender, over interleaved rounds. */
export class Rounds<Name> {
	private readonly values = new Map<Name, number[]>();

	add(name: Name, value: number): void {
		this.values.set(name, [...(this.values.get(name) ?? []), value]);
	}

	has(name: Name): boolean {
		return this.values.has(name);
	}

	median(name: Name): number {
		return median(this.of(name));
	}

	/** Smallest and largest. */
	range(name: Name): [number, number] {
		return [Math.min(...this.of(name)), Math.max(...this.of(name))];
	}

	/**
	 * Median over the rounds of one contender's value divided by another's: what slows a round
	 * down slows both, and leaves the ratio alone.
	 */
	ratio(name: Name, other: Name): number {
		return median(this.of(name).map((value, round) => value / this.of(other)[round]));
	}

	private of(name: Name): number[] {
		const values = this.values.get(name);
		if (!values) throw new Error(`Nothing was measured of ${name}`);
		return values;
	}
}
