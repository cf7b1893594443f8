import {
	at,
	id,
	map,
	object,
	optional,
	string,
	text,
	whole,
	type Decoder,
} from '../../shared/decode';
import type { DingTalkClient } from './client';

/** Work of the service that goes on after its answer. */
export interface Task {
	isDone: boolean;
	hasFailed: boolean;
	/** How many parts it has, how many of them are done and how many have failed, where it tells. */
	totalCount?: number;
	successCount?: number;
	failCount?: number;
	/** Why it failed: an error code, or a text. */
	failMessage?: string;
}

/**
 * Fetches what has become of a task. Needs the permission Storage.Task.Read.
 *
 * @param request `unionId` of the operator
 * @see https://open.dingtalk.com/document/development/get-the-asynchronous-task-information-in-storage
 */
export async function getTask(
	client: DingTalkClient,
	{ taskId, unionId }: { taskId: string; unionId: string },
): Promise<Task> {
	return await client.call({
		step: 'getTask',
		method: 'GET',
		path: ['v1.0', 'storage', 'tasks', taskId],
		query: { unionId },
		effect: 'none',
		read: at(
			'task',
			// An answer about another task tells nothing of this one.
			map(task, ({ id: own = taskId, ...rest }) => (own === taskId ? rest : undefined)),
		),
	});
}

const STATUSES = new Set(['INIT', 'IN_PROGRESS', 'SUCCESS', 'FAIL']);

const task: Decoder<Task & { id?: string }> = map(
	object({
		id: optional(id),
		status: string,
		totalCount: optional(whole(0)),
		successCount: optional(whole(0)),
		failCount: optional(whole(0)),
		failMessage: optional(text),
	}),
	({ status, ...rest }) =>
		STATUSES.has(status)
			? { isDone: status === 'SUCCESS', hasFailed: status === 'FAIL', ...rest }
			: undefined,
);

/**
 * Whether a call goes on as a task after its answer, and its ID. Something on the way may answer
 * anything with success: only what says how the call is carried out counts.
 */
export const begunTask: Decoder<{ taskId?: string }> = map(
	object({
		async: (value: unknown) => (typeof value === 'boolean' ? { isTask: value } : undefined),
		taskId: optional(id),
	}),
	({ async: { isTask }, taskId }) => {
		if (!isTask) return {};
		return taskId === undefined ? undefined : { taskId };
	},
);
