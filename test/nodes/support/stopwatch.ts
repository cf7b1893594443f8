const TICK = 10;

/**
 * Starts a stopwatch that hardly moves while the process does not get to run: what counts is how
 * often a timer of its event loop has fired, and one that is late fires once. So it tells what a
 * run waited for by itself, not what other processes on a busy machine let it wait for.
 *
 * @returns stops it and gives the milliseconds
 */
export function stopwatch(): () => number {
	let ticks = 0;
	const timer = setInterval(() => ticks++, TICK).unref();
	return () => {
		clearInterval(timer);
		return ticks * TICK;
	};
}
