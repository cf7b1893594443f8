import { newId } from '../core/ids';

/** Work of the service that goes on after the answer. */
export interface Task {
	id: string;
	status: 'INIT' | 'IN_PROGRESS' | 'SUCCESS' | 'FAIL';
	totalCount: number;
	successCount: number;
	failCount: number;
	failMessage?: string;
	beginTime: string;
	endTime?: string;
}

interface Running {
	task: Task;
	work: () => void;
}

/** How often a task is asked for until it has ended: the last time it has. */
const LOOKS = 3;

/**
 * The tasks. One goes on each time it is looked at, and does its work only with the last look, so
 * that who does not wait for it is found out.
 */
export class Tasks {
	private readonly running = new Map<string, Running & { looks: number }>();

	constructor(private readonly now: () => number) {}

	/** Begins a task. @returns what a call answers that has begun one */
	begin(totalCount: number, work: () => void): { async: true; taskId: string } {
		const id = newId(16);
		const counts = { totalCount, successCount: 0, failCount: 0 };
		const task: Task = { id, status: 'INIT', ...counts, beginTime: this.time() };
		this.running.set(id, { task, work, looks: 0 });
		return { async: true, taskId: id };
	}

	look(id: string): Task | undefined {
		const found = this.running.get(id);
		if (!found) return undefined;
		found.looks++;
		const { task } = found;
		if (found.looks < LOOKS) {
			if (found.looks > 1) task.status = 'IN_PROGRESS';
		} else if (task.status !== 'SUCCESS') {
			found.work();
			const { totalCount } = task;
			Object.assign(task, { status: 'SUCCESS', successCount: totalCount, endTime: this.time() });
		}
		return task;
	}

	clear(): void {
		this.running.clear();
	}

	private time(): string {
		return new Date(this.now()).toISOString();
	}
}
