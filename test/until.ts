/** Longer than anything takes on a machine that is busy with other things: minutes. */
const PATIENCE = 5;

/**
 * Waits until a condition holds, however long that takes on a busy machine. When it never does, the
 * error is what `failed` says, after five minutes.
 *
 * @param every how often to look, in milliseconds
 */
export async function until(
	holds: () => boolean | Promise<boolean>,
	failed: () => string = () => 'What was waited for did not happen',
	every = 10,
): Promise<void> {
	// A clock that tests do not set.
	for (const end = performance.now() + PATIENCE * 60_000; performance.now() < end;) {
		if (await holds()) return;
		await new Promise((resolve) => setTimeout(resolve, every));
	}
	throw new Error(`${failed()} (waited ${PATIENCE} minutes)`);
}
