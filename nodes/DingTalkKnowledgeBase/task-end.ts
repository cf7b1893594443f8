import { isOwn, ownError, recover, type UploadError } from '../shared/errors';
import type { ErrorText } from '../shared/service';
import type { DingTalkClient } from './api/client';
import { textFor } from './api/error-catalog';
import { getTask, type Task } from './api/get-task';

export interface TaskRequest {
	taskId: string;
	/** Of the operator. */
	unionId: string;
	/** Milliseconds to wait for the end. */
	timeout: number;
	/** Ends the wait. */
	signal: AbortSignal;
	/** What the task does, e.g. "copy" and "copied". */
	verb: string;
	done: string;
	/** What codes mean for it, where that differs from what they usually mean. */
	texts: Record<string, ErrorText>;
}

/** Milliseconds before the first look, which double with each one; calls are counted by the month. */
const FIRST_WAIT = 1_000;

/** The longest wait in milliseconds. */
const LONGEST_WAIT = 30_000;

/**
 * Waits until a task of the service has ended.
 *
 * @throws {UploadError} with the task's ID in its details; its outcome is `unknown` unless the task
 * has failed without doing anything, because the service goes on with what it has begun
 */
export async function taskEnd(client: DingTalkClient, request: TaskRequest): Promise<void> {
	const { taskId, unionId, timeout, signal } = request;
	const details = { taskId };
	const task = await recover(
		async () => {
			let waited = 0;
			for (let next = FIRST_WAIT; ; next = Math.min(next * 2, LONGEST_WAIT)) {
				const wait = Math.min(next, timeout - waited);
				if (wait <= 0) throw unfinished(request);
				await client.transport.wait(wait, signal);
				waited += wait;
				const seen = await getTask(client, { taskId, unionId });
				if (seen.isDone || seen.hasFailed) return seen;
			}
		},
		(error) => notSeen(error, request),
	);
	if (task.hasFailed) throw failed(task, request).with({ details });
}

function unfinished({ timeout, verb, done }: TaskRequest): UploadError {
	return ownError({
		title: `DingTalk takes longer than ${Math.round(timeout / 1000)} seconds to ${verb} this`,
		description: `It goes on by itself: look into DingTalk later before you run this again, and raise the option "Timeout" if a folder of this size is ${done} often.`,
		code: 'TASK_UNFINISHED',
		outcome: 'unknown',
		step: 'getTask',
	});
}

/** The task was begun, whatever prevents a look at it. */
function notSeen(error: UploadError, { taskId, done }: TaskRequest): UploadError {
	const { title, description } = error.facts;
	const details = { taskId };
	if (isOwn(error, 'TASK_UNFINISHED')) return error.with({ details });
	return error.with({
		title: `It is unknown whether everything was ${done}`,
		description:
			`DingTalk has begun, and what came of it could not be seen (${title}). Look into DingTalk before you run this again. ${description ?? ''}`.trim(),
		outcome: 'unknown',
		retry: 'never',
		details,
	});
}

function failed(task: Task, { verb, done, texts }: TaskRequest): UploadError {
	const { totalCount, successCount, failMessage = '' } = task;
	const isPartly = successCount !== 0;
	const parts =
		successCount === undefined || totalCount === undefined
			? ''
			: `${successCount} of ${totalCount} parts were ${done}. `;
	const known = Object.hasOwn(texts, failMessage) ? texts[failMessage] : textFor(failMessage);
	const reason = known
		? `${known.title}. ${known.description}`
		: `DingTalk says: ${failMessage || 'nothing'}.`;
	return ownError({
		title: isPartly ? `DingTalk has not ${done} everything` : `DingTalk could not ${verb} this`,
		description: `${parts}${reason}`,
		code: 'TASK_FAILED',
		outcome: isPartly ? 'unknown' : 'refused',
		step: 'getTask',
	});
}
