import { recover, type UploadError } from '../shared/errors';
import type { DingTalkClient } from './api/client';
import { deleteDentry, DELETING } from './api/delete-dentry';
import { getDentry } from './api/get-dentry';
import type { DentryRef } from './look-ups/look-ups';
import { taskEnd } from './task-end';
import { unknownEffect } from './unknown-effect';

export interface DeleteFileRequest {
	file: DentryRef;
	toRecycleBin: boolean;
	/** Milliseconds to wait for a folder. */
	timeout: number;
	/** Ends the wait for a folder. */
	signal: AbortSignal;
}

/**
 * Deletes a file, or a folder with everything in it, and waits until that is done. Where an answer
 * was lost, it looks whether the file is still there.
 */
export async function deleteFile(
	client: DingTalkClient,
	{ file, toRecycleBin, timeout, signal }: DeleteFileRequest,
): Promise<void> {
	const { unionId } = file;
	const orGone = async (error: UploadError, otherwise: (error: UploadError) => UploadError) => {
		if (error.facts.outcome !== 'unknown') return error;
		return (await isGone(client, file)) ? {} : otherwise(error);
	};
	const { taskId } = await recover<{ taskId?: string }>(
		async () => await deleteDentry(client, { ...file, toRecycleBin }),
		async (error) => await orGone(error, stateUnknown),
	);
	if (taskId === undefined) return;
	const words = { verb: 'delete', done: 'deleted', texts: DELETING };
	await recover<object>(
		async () => {
			await taskEnd(client, { taskId, unionId, timeout, signal, ...words });
			return {};
		},
		async (error) => await orGone(error, (same) => same),
	);
}

/** Whether the service says that the file is not there any more. */
async function isGone(client: DingTalkClient, file: DentryRef): Promise<boolean> {
	const look = async () => (await getDentry(client, file)).status === 'DELETED';
	return await recover(look, (error) => saysGone(error)).catch(() => false);
}

/** Whether an error says that a file does not exist. */
export function saysGone({ facts }: UploadError): boolean {
	return facts.code === 'dentryNotExist' || facts.code === 'documentNotExist';
}

function stateUnknown(error: UploadError): UploadError {
	return unknownEffect(
		error,
		'this was deleted',
		'It was still there, or could not be seen, when the node looked. Look into DingTalk; to delete it again does no harm.',
	);
}
