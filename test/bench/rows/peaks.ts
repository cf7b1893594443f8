import { mebibytes, seconds } from '../../measure/report';
import type { Rounds } from '../../measure/stats';

/** Bytes that processes grew, and milliseconds that it took, by a name. */
export interface Peaks {
	growth: Rounds<string>;
	time: Rounds<string>;
}

/** The median of both, and the largest growth. */
export function peakCell({ growth, time }: Peaks, name: string): string {
	const [, most] = growth.range(name);
	return `${mebibytes(growth.median(name))} (most ${mebibytes(most)}, ${seconds(time.median(name))})`;
}
