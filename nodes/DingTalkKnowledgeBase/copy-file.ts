import type { IDataObject } from 'n8n-workflow';

import { recover } from '../shared/errors';
import type { DingTalkClient } from './api/client';
import { getDentry } from './api/get-dentry';
import { copyDentry, TRANSFERRING } from './api/transfer-dentry';
import type { TransferOptions } from './inputs/transfer';
import type { DentryRef } from './look-ups/look-ups';
import { taskEnd } from './task-end';
import { unknownEffect } from './unknown-effect';

export interface CopyRequest extends TransferOptions {
	file: DentryRef;
	target: DentryRef;
	/** Ends the wait for a folder. */
	signal: AbortSignal;
}

/**
 * Copies a file or folder, and waits until everything in it is copied.
 *
 * @returns the copy, or `{ copyOf, taskId }` where the service does not tell which dentry that is
 */
export async function copyFile(
	client: DingTalkClient,
	{ file, target, conflictStrategy, timeout, signal }: CopyRequest,
): Promise<IDataObject> {
	const { unionId } = file;
	const { dentry, taskId } = await recover(
		async () => await copyDentry(client, { ...file, target, conflictStrategy }),
		(error) =>
			error.facts.outcome === 'unknown'
				? unknownEffect(
						error,
						'this was copied',
						'Look into the target folder before you run this again: a second copy could appear.',
					)
				: error,
	);
	if (taskId === undefined) return { ...dentry };
	const words = { verb: 'copy', done: 'copied', texts: TRANSFERRING.copy };
	await taskEnd(client, { taskId, unionId, timeout, signal, ...words });
	if (!dentry) return { copyOf: file.dentryUuid, taskId };
	// What the answer told was before the copy was complete. That all is copied is known already.
	const now = { spaceId: dentry.spaceId, dentryId: dentry.id, unionId };
	return await getDentry(client, now).catch(() => dentry);
}
