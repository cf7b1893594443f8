import type { IDataObject } from 'n8n-workflow';

import { string } from '../shared/decode';
import { isOwn, recover, type UploadError } from '../shared/errors';
import type { DingTalkClient } from './api/client';
import type { DentryWithIds } from './api/dentry';
import { getDentry } from './api/get-dentry';
import { getDentryIds } from './api/get-dentry-ids';
import { moveDentry, TRANSFERRING, type Transferred } from './api/transfer-dentry';
import type { TransferOptions } from './inputs/transfer';
import type { DentryRef } from './look-ups/look-ups';
import { taskEnd } from './task-end';
import { unknownEffect } from './unknown-effect';

export interface MoveRequest extends TransferOptions {
	file: DentryRef;
	target: DentryRef;
	keepPermissions?: boolean;
	/** Ends the wait for a folder. */
	signal: AbortSignal;
	/** The error of an earlier try, after which the file may have been moved already. */
	earlier?: UploadError;
}

/**
 * Moves a file or folder, and waits until everything in it is moved. Where an answer was lost, it
 * looks where the file is; of a folder that is then at its new place, the rest may still follow.
 *
 * @returns the dentry at its new place, or only its `uuid` where that could not be seen
 */
export async function moveFile(
	client: DingTalkClient,
	{ file, target, timeout, signal, earlier, ...options }: MoveRequest,
): Promise<IDataObject> {
	const { unionId, dentryUuid } = file;
	const arrived = async (): Promise<Transferred | undefined> => {
		const there = await dentryIn(client, file, target);
		return there && { dentry: there };
	};
	const move = async (): Promise<Transferred> =>
		await recover(
			async () => await moveDentry(client, { ...file, target, ...options }),
			async (error) =>
				error.facts.outcome === 'unknown' ? ((await arrived()) ?? stateUnknown(error)) : error,
		);
	const left =
		earlier?.facts.outcome === 'unknown' ? (taskOf(earlier) ?? (await arrived())) : undefined;
	const { dentry, taskId } = left ?? (await move());
	if (taskId === undefined) return { ...dentry };
	const words = { verb: 'move', done: 'moved', texts: TRANSFERRING.move };
	await taskEnd(client, { taskId, unionId, timeout, signal, ...words });
	// In another space it has other IDs. That it was moved is known already.
	return (await dentryNow(client, file)) ?? { uuid: dentryUuid };
}

/** Returns the task that an earlier try has begun, and that may have ended since. */
function taskOf(earlier: UploadError): Transferred | undefined {
	const taskId = string(earlier.facts.details?.taskId);
	return taskId === undefined || isOwn(earlier, 'TASK_FAILED') ? undefined : { taskId };
}

/** Returns the file if it is in the folder. */
async function dentryIn(
	client: DingTalkClient,
	file: DentryRef,
	{ spaceId, dentryId }: DentryRef,
): Promise<DentryWithIds | undefined> {
	const dentry = await dentryNow(client, file);
	const isThere = dentry?.spaceId === spaceId && String(dentry.parentId) === dentryId;
	return isThere ? dentry : undefined;
}

/** Returns the file as it is now, if that can be seen. */
async function dentryNow(
	client: DingTalkClient,
	{ dentryUuid, unionId }: DentryRef,
): Promise<DentryWithIds | undefined> {
	const look = async () => {
		const ids = await getDentryIds(client, { dentryUuid, operatorId: unionId });
		return await getDentry(client, { ...ids, unionId });
	};
	return await look().catch(() => undefined);
}

function stateUnknown(error: UploadError): UploadError {
	return unknownEffect(
		error,
		'this was moved',
		'It was not in the target folder when the node looked. Look there again before you run this again.',
	);
}
