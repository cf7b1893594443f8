import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

import { PeakMemory } from './memory';
import { projectFolder } from './places';
import type { Task, TaskResult, WorkerMessage } from './tasks';

/** The parent's side of a worker process. */
export class Worker {
	private readonly child: ChildProcess;

	private readonly ended: Promise<void>;

	private readonly kill = () => void this.child.kill();

	/** @param dataFolder n8n's folder, shared by all workers that use the same files */
	constructor(dataFolder: string) {
		this.child = fork(join(projectFolder, 'test', 'bench', 'worker.ts'), [dataFolder], {
			cwd: projectFolder,
			execArgv: ['--import', 'tsx', '--expose-gc'],
			env: { ...process.env, NO_PROXY: '127.0.0.1', no_proxy: '127.0.0.1' },
		});
		process.once('exit', this.kill);
		this.ended = new Promise((resolve) => this.child.once('close', () => resolve()));
	}

	/** Does a task; one at a time. */
	async run(task: Task): Promise<TaskResult> {
		const answer = new Promise<WorkerMessage>((resolve, reject) => {
			this.child.once('message', resolve);
			void this.ended.then(() => reject(new Error(`The worker ended during ${task.kind}`)));
		});
		this.child.send(task);
		const message = await answer;
		if ('error' in message) throw new Error(`${task.kind}: ${message.error}`);
		return message.result;
	}

	/** Does a task and tells by how many bytes the process grew at most, from rest. */
	async measureMemory(task: Task): Promise<TaskResult & { growth: number }> {
		await this.run({ kind: 'rest' });
		const memory = await PeakMemory.watch(this.child.pid as number);
		const result = await this.run(task);
		return { ...result, growth: await memory.growth() };
	}

	async stop(): Promise<void> {
		process.off('exit', this.kill);
		this.child.kill();
		await this.ended;
	}
}
