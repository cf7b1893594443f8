import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

import { projectFolder } from '../bench/places';
import type {
	ExecutionOrder,
	ExecutionOutcome,
	InnerSample,
	Task,
	WorkerMessage,
	WorkerStart,
} from './messages';

interface Waiting {
	resolve: (result: ExecutionOutcome | InnerSample) => void;
	reject: (error: Error) => void;
}

/** The watched process, seen from outside. Many tasks may run in it at the same time. */
export class SoakedProcess {
	/** What Node.js warned of. */
	readonly warnings: string[] = [];

	private readonly waiting = new Map<number, Waiting>();

	private readonly ended: Promise<void>;

	private tasks = 0;

	private constructor(private readonly child: ChildProcess) {
		process.once('exit', this.kill);
		this.ended = new Promise((resolve) => child.once('close', () => resolve()));
		void this.ended.then(() => {
			for (const { reject } of this.waiting.values()) reject(new Error('The process has ended'));
		});
		child.on('message', this.receive);
	}

	static async start(begin: WorkerStart): Promise<SoakedProcess> {
		const child = fork(join(projectFolder, 'test', 'soak', 'worker.ts'), {
			cwd: projectFolder,
			execArgv: ['--import', 'tsx', '--expose-gc'],
			env: { ...process.env, NO_PROXY: '127.0.0.1', no_proxy: '127.0.0.1' },
		});
		const soaked = new SoakedProcess(child);
		const ready = new Promise<void>((resolve, reject) => {
			const listen = (message: WorkerMessage) => {
				if (message.kind === 'ready') resolve();
				else reject(new Error(`The process did not start: ${JSON.stringify(message)}`));
			};
			child.once('message', listen);
			void soaked.ended.then(() => reject(new Error('The process ended before it was ready')));
		});
		child.send(begin);
		await ready;
		return soaked;
	}

	get pid(): number {
		return this.child.pid as number;
	}

	async execute(order: ExecutionOrder): Promise<ExecutionOutcome> {
		return (await this.perform({ kind: 'execute', order })) as ExecutionOutcome;
	}

	async sample({ collectGarbage = false } = {}): Promise<InnerSample> {
		return (await this.perform({ kind: 'sample', collectGarbage })) as InnerSample;
	}

	async stop(): Promise<void> {
		process.off('exit', this.kill);
		this.child.kill();
		await this.ended;
	}

	private async perform(task: Task): Promise<ExecutionOutcome | InnerSample> {
		const id = ++this.tasks;
		const answer = new Promise<ExecutionOutcome | InnerSample>((resolve, reject) => {
			this.waiting.set(id, { resolve, reject });
		});
		this.child.send({ id, task });
		return await answer;
	}

	private readonly kill = () => void this.child.kill();

	private readonly receive = (message: WorkerMessage): void => {
		if (message.kind === 'warning') this.warnings.push(message.text);
		if (message.kind !== 'done' && message.kind !== 'failed') return;
		const waiting = this.waiting.get(message.id);
		this.waiting.delete(message.id);
		if (message.kind === 'done') waiting?.resolve(message.result);
		else waiting?.reject(new Error(message.error));
	};
}
