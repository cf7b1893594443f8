import { afterEach, vi } from 'vitest';

const MINUTE = 60_000;

/**
 * Lets the clock of the node and of the local services jump, in the tests of a file; it is right
 * again after each.
 *
 * @returns lets so many minutes pass
 */
export function useClock(): (minutes: number) => void {
	const realNow = Date.now;
	let passed = 0;
	afterEach(() => {
		passed = 0;
		vi.restoreAllMocks();
	});
	return (minutes) => {
		passed += minutes * MINUTE;
		vi.spyOn(Date, 'now').mockImplementation(() => realNow() + passed);
	};
}
