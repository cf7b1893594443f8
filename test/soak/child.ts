import { Forked } from '../measure/forked';
import type {
	ExecutionOrder,
	ExecutionOutcome,
	InnerSample,
	Task,
	TaskResult,
	WorkerStart,
} from './messages';

/** The watched process, seen from outside. */
export class SoakedProcess extends Forked<Task, TaskResult> {
	static async start(begin: WorkerStart): Promise<SoakedProcess> {
		const soaked = new SoakedProcess('soak/worker.ts');
		await soaked.perform({ kind: 'start', begin });
		return soaked;
	}

	async execute(order: ExecutionOrder): Promise<ExecutionOutcome> {
		return (await this.perform({ kind: 'execute', order })) as ExecutionOutcome;
	}

	async sample({ collectGarbage = false } = {}): Promise<InnerSample> {
		return (await this.perform({ kind: 'sample', collectGarbage })) as InnerSample;
	}
}
