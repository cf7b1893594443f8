import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

import type { Answer, Order } from './messages';
import { projectFolder } from './places';

interface Waiting<Result> {
	resolve: (result: Result) => void;
	reject: (error: Error) => void;
}

/** A process that does tasks and is looked at meanwhile; many tasks may run in it at the same time. */
export class Forked<Task, Result> {
	/** What Node.js warned of in it. */
	readonly warnings: string[] = [];

	private readonly child: ChildProcess;

	private readonly ended: Promise<void>;

	private readonly waiting = new Map<number, Waiting<Result>>();

	private tasks = 0;

	/** @param script from the folder of the tests; it calls `serveTasks` */
	constructor(script: string, args: string[] = []) {
		this.child = fork(join(projectFolder, 'test', script), args, {
			cwd: projectFolder,
			execArgv: ['--import', 'tsx', '--expose-gc'],
			env: { ...process.env, NO_PROXY: '127.0.0.1', no_proxy: '127.0.0.1' },
		});
		process.once('exit', this.kill);
		this.child.on('message', this.receive);
		this.ended = new Promise((resolve) => this.child.once('close', () => resolve()));
		void this.ended.then(() => {
			for (const { reject } of this.waiting.values()) reject(new Error('The process has ended'));
		});
	}

	get pid(): number {
		return this.child.pid as number;
	}

	/** @throws {Error} what the task threw, as a text with its stack, or that the process has ended */
	async perform(task: Task): Promise<Result> {
		const id = ++this.tasks;
		const answer = new Promise<Result>((resolve, reject) => {
			this.waiting.set(id, { resolve, reject });
		});
		this.child.send({ id, task } satisfies Order<Task>);
		return await answer;
	}

	async stop(): Promise<void> {
		process.off('exit', this.kill);
		this.child.kill();
		await this.ended;
	}

	private readonly kill = () => void this.child.kill();

	private readonly receive = (message: unknown): void => {
		const answer = message as Answer<Result>;
		if (answer.kind === 'warning') {
			this.warnings.push(answer.text);
			return;
		}
		const waiting = this.waiting.get(answer.id);
		this.waiting.delete(answer.id);
		if (answer.kind === 'done') waiting?.resolve(answer.result);
		else waiting?.reject(new Error(answer.error));
	};
}
