/** From the parent to a process that does tasks. */
export interface Order<Task> {
	id: number;
	task: Task;
}

/** And back. */
export type Answer<Result> =
	| { kind: 'done'; id: number; result: Result }
	| { kind: 'failed'; id: number; error: string }
	/** Of Node.js, such as too many listeners. */
	| { kind: 'warning'; text: string };
