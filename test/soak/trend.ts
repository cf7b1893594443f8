import { median } from '../measure/stats';

export interface Point {
	/** Seconds. */
	at: number;
	value: number;
}

/**
 * Growth over the points by the median of the slopes between any two of them (Theil–Sen): a few
 * values out of line, as garbage collection leaves them, do not bend it.
 */
export function growth(points: Point[]): number {
	if (points.length < 2) throw new Error('A trend needs two points at least');
	const slopes = points.flatMap((a, index) =>
		points.slice(index + 1).map((b) => (b.value - a.value) / (b.at - a.at)),
	);
	return median(slopes) * (points[points.length - 1].at - points[0].at);
}

/** The points of one quarter of the time, from 1 to 4. */
export function quarter(points: Point[], number: number, length: number): number[] {
	const within = points.filter(
		({ at }) => Math.min(4, Math.floor((at / length) * 4) + 1) === number,
	);
	if (within.length === 0) throw new Error(`Nothing was measured in quarter ${number}`);
	return within.map(({ value }) => value);
}
