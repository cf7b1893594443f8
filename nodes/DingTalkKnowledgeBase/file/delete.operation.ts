import type { INodeProperties } from 'n8n-workflow';

import type { Job, Plan } from '../../shared/execution';
import { optionsField, showFor } from '../../shared/descriptions/show';
import { recover } from '../../shared/errors';
import { flag, readOption } from '../../shared/parameter';
import { deleteFile, saysGone } from '../delete-file';
import { aboutFile, fileParameter, readFileInput } from '../inputs/file';
import { operatorField } from '../inputs/operator';
import { taskTimeoutOption } from '../inputs/task-timeout';
import { assertNotRoot } from '../look-ups/not-root';
import type { Run } from '../run';

const permanentlyOption = flag({
	displayName: 'Delete for Good',
	name: 'permanently',
	type: 'boolean',
	default: false,
	description:
		'Whether to delete the file, or the folder with everything in it, without the recycle bin. This cannot be undone.',
});

const notice: INodeProperties = {
	displayName:
		'Deletes a folder with everything in it. It goes to the recycle bin, from which it can be restored in DingTalk; where there is none, as in knowledge bases, nothing is deleted. With the option "Delete for Good" it is gone for ever.',
	name: 'deleteNotice',
	type: 'notice',
	default: '',
};

export const option = {
	name: 'Delete File',
	value: 'delete',
	action: 'Delete a file',
	description: 'Delete a file, document or folder with everything in it, to the recycle bin',
};

export const description: INodeProperties[] = showFor('file', 'delete', [
	notice,
	operatorField,
	fileParameter.field,
	optionsField([permanentlyOption, taskTimeoutOption]),
]);

/** Plans to delete each item's file. */
export async function plan(run: Run, itemIndex: number): Promise<Plan> {
	const { client, lookUps } = await run.account(itemIndex);
	const input = readFileInput(run.context, itemIndex, client.credentials);
	const options = run.optionsOf(itemIndex);
	const toRecycleBin = readOption(options, permanentlyOption) !== true;
	const timeout = readOption(options, taskTimeoutOption);
	const job: Job = {
		about: aboutFile(input),
		effect: 'idempotent',
		done: 'deleted',
		receipt: ({ uuid }) => ({ uuid }),
		run: async (signal, earlier) => {
			const mayBeGone = earlier?.facts.outcome === 'unknown';
			const dentryUuid = await recover(
				async () => {
					// Not the IDs of the item: if they are those of another file, that one would be deleted.
					const file = await lookUps.dentry({ ...input, ids: undefined });
					assertNotRoot(file, 'deleted');
					await deleteFile(client, { file, toRecycleBin, timeout, signal });
					return file.dentryUuid;
				},
				(error) => (mayBeGone && saysGone(error) ? uuidIn(input) : error),
			);
			return { json: { deleted: true, uuid: dentryUuid, recycled: toRecycleBin } };
		},
	};
	return [job];
}

/** The ID of a file that is gone, unless only a link to it is known. */
function uuidIn({ file }: { file: object }): string | undefined {
	return 'dentryUuid' in file ? String(file.dentryUuid) : undefined;
}
