/**
 * Runs the work over all inputs, at most `concurrency` at a time, and returns the results in the
 * order of the inputs.
 *
 * The first rejection aborts `stop`, whose signal the running work has. Once `stop` is aborted, by
 * the pool or from outside, no more work starts. The first rejection is thrown after all running
 * work has ended.
 */
export async function runPool<Input, Output>(
	inputs: Iterable<Input>,
	concurrency: number,
	work: (input: Input, signal: AbortSignal) => Promise<Output>,
	stop = new AbortController(),
): Promise<Output[]> {
	const results: Output[] = [];
	const all = [...inputs];
	const queue = all.entries();
	const workers = Math.max(1, Math.min(concurrency, all.length));
	let failure: { error: unknown } | undefined;
	const worker = async () => {
		for (const [index, input] of queue) {
			if (stop.signal.aborted) return;
			try {
				results[index] = await work(input, stop.signal);
			} catch (error) {
				failure ??= { error };
				stop.abort();
			}
		}
	};
	await Promise.all(Array.from({ length: workers }, worker));
	if (failure) throw asError(failure.error);
	return results;
}

function asError(thrown: unknown): Error {
	return thrown instanceof Error ? thrown : new Error(String(thrown));
}
