import { Forked } from '../measure/forked';
import { PeakMemory } from './memory';
import type { Task, TaskResult } from './tasks';

/** A process that uploads; every contender runs in one of this kind. */
export class Worker {
	private readonly forked: Forked<Task, TaskResult>;

	/** @param dataFolder n8n's folder, shared by all workers that use the same files */
	constructor(dataFolder: string) {
		this.forked = new Forked('bench/worker.ts', [dataFolder]);
	}

	async run(task: Task): Promise<TaskResult> {
		return await this.forked.perform(task);
	}

	/** Does a task and tells by how many bytes the process grew at most, from rest. */
	async measureMemory(task: Task): Promise<TaskResult & { growth: number }> {
		await this.run({ kind: 'rest' });
		const memory = await PeakMemory.watch(this.forked.pid);
		const result = await this.run(task);
		return { ...result, growth: await memory.growth() };
	}

	async stop(): Promise<void> {
		await this.forked.stop();
	}
}
