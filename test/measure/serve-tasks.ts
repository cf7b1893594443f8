import type { Answer, Order } from './messages';

/** In a process that was forked: does what the parent tells it, and tells it what Node.js warns of. */
export function serveTasks<Task, Result>(perform: (task: Task) => Promise<Result>): void {
	const reply = (answer: Answer<Result>) => void process.send?.(answer);
	process.on('warning', ({ name, message }) =>
		reply({ kind: 'warning', text: `${name}: ${message}` }),
	);
	process.on('message', ({ id, task }: Order<Task>) => {
		perform(task).then(
			(result) => reply({ kind: 'done', id, result }),
			(error: unknown) => reply({ kind: 'failed', id, error: textOf(error) }),
		);
	});
}

function textOf(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	const { description } = error as { description?: string };
	return [error.message, description, error.stack].filter(Boolean).join('\n');
}
