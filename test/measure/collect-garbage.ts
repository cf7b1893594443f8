import { setTimeout as sleep } from 'node:timers/promises';

/** Lets go of what earlier work left behind. @throws {Error} unless Node.js runs with --expose-gc */
export async function collectGarbage(): Promise<void> {
	const { gc } = globalThis as { gc?: () => void };
	if (!gc) throw new Error('The process runs without --expose-gc');
	// Finalizers run between two collections, and free what the second one finds.
	for (let round = 0; round < 3; round++) {
		gc();
		await sleep(100);
	}
}
