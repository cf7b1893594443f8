import type { TaskResult } from './tasks';

/** Does work and tells what it took. */
export async function timed(work: () => Promise<void>): Promise<TaskResult> {
	const before = process.cpuUsage();
	const started = performance.now();
	await work();
	const ms = performance.now() - started;
	const { user, system } = process.cpuUsage(before);
	return { ms, cpu: (user + system) / 1000 };
}
