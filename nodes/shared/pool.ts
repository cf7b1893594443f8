/**
 * Runs the work over all inputs, at most `concurrency` at a time, and gives the results in the
 * order of the inputs.
 *
 * After the first rejection `stop` is aborted, whose signal the running work got. Once `stop` is
 * aborted, by whomever, nothing new begins. When all that was begun has ended, the rejection is thrown.
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
