import { MIB } from '../measure/places';
import type { Figure } from '../measure/report';
import { median } from '../measure/stats';
import { connections, handles, inUse, timers, type Sample } from './samples';
import { growth, quarter, type Point } from './trend';

/** The beginning, in which code is compiled and caches fill, does not count: part of the whole. */
export const WARM_UP = 0.2;

/** Most that memory may grow after the warm-up, as part of its size. */
const MEMORY_LIMIT = 0.05;
/** Of resident memory: when pages go back to the system is up to the allocator, which varies more. */
const RESIDENT_LIMIT = 0.1;
/** Less than this is no growth, however small the whole: bytes. */
const MEMORY_NOISE = 4 * MIB;

/** Most that kept connections may grow, as part of their number, and what is no growth: they hang on chance. */
const KEPT_LIMIT = 0.2;
const KEPT_NOISE = 16;

export interface SoakRun {
	/** In the order they were taken; the last one is of phase `end`. */
	samples: Sample[];
	/** Seconds of load. */
	length: number;
	problems: string[];
	/** Most connections that the load can have use for. */
	mostConnections: number;
}

/** What the run has to hold to. */
export function verdictOf({ samples, length, problems, mostConnections }: SoakRun): Figure[] {
	const atRest = samples.filter(({ phase }) => phase === 'rest');
	const end = samples[samples.length - 1];
	if (end?.phase !== 'end') throw new Error('The run has no end');
	const series = (value: (sample: Sample) => number): Point[] =>
		atRest.map((sample) => ({ at: sample.at, value: value(sample) }));
	const others = (sample: Sample) => sample.descriptors - connections(sample);
	const level = median(quarter(series(others), 2, length));
	return [
		count(
			'problems: errors that were not meant, files missing, doubled or changed',
			problems.length,
			0,
		),
		memory(
			'heap after garbage collection, growth',
			series(({ heapUsed }) => heapUsed),
			length,
		),
		memory(
			'array buffers after garbage collection, growth',
			series((one) => one.arrayBuffers),
			length,
		),
		memory(
			'resident memory at rest, growth',
			series(({ rss }) => rss),
			length,
			RESIDENT_LIMIT,
		),
		unchanged('file descriptors at rest, without connections', series(others), length),
		unchanged('handles at rest, without connections', series(handles), length),
		count(
			'open files of the binary store at rest, most',
			most(atRest, (one) => one.storeFiles),
			0,
		),
		count('connections under load, most', most(samples, connections), mostConnections),
		kept('connections kept at rest', series(connections), length),
		count('connections in use at rest, most', most(atRest, inUse), 0),
		count('timers at rest, most', most(atRest, timers), 0),
		count('connections at the end, after the keep-alive time', connections(end), 0),
		count('timers at the end', timers(end), 0),
		count('file descriptors at the end', end.descriptors, level),
	];
}

function most(samples: Sample[], value: (sample: Sample) => number): number {
	return Math.max(...samples.map(value));
}

function count(name: string, value: number, limit: number): Figure {
	const toReach = limit === 0 ? '0' : `at most ${limit}`;
	return { name, measured: String(value), toReach, reached: value <= limit };
}

function memory(name: string, points: Point[], length: number, part = MEMORY_LIMIT): Figure {
	const warm = points.filter(({ at }) => at >= length * WARM_UP);
	const size = median(warm.map(({ value }) => value));
	const grown = growth(warm);
	const limit = Math.max(size * part, MEMORY_NOISE);
	return {
		name,
		measured: `${mib(grown)} of ${mib(size)}`,
		toReach: `at most ${mib(limit)}`,
		reached: grown <= limit,
	};
}

function unchanged(name: string, points: Point[], length: number): Figure {
	const [before, after] = [2, 4].map((number) => median(quarter(points, number, length)));
	return {
		name: `${name}: second and last quarter`,
		measured: `${before} and ${after}`,
		toReach: 'no more',
		reached: after <= before,
	};
}

/** How many are kept hangs on how busy the last minute was; a pool that only grows shows all the same. */
function kept(name: string, points: Point[], length: number): Figure {
	const warm = points.filter(({ at }) => at >= length * WARM_UP);
	const level = median(warm.map(({ value }) => value));
	const grown = Math.round(growth(warm));
	const limit = Math.max(Math.round(level * KEPT_LIMIT), KEPT_NOISE);
	return {
		name: `${name}, growth`,
		measured: `${grown} of ${level}`,
		toReach: `at most ${limit}`,
		reached: grown <= limit,
	};
}

function mib(bytes: number): string {
	return `${(bytes / MIB).toFixed(1)} MiB`;
}
