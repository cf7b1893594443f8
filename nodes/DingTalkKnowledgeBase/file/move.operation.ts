import type { INodeProperties } from 'n8n-workflow';

import type { Job, Plan } from '../../shared/execution';
import { optionsField, showFor } from '../../shared/descriptions/show';
import { flag, readOption } from '../../shared/parameter';
import { readDestination } from '../inputs/destination';
import { aboutFile, fileParameter, readFileInput } from '../inputs/file';
import { operatorField } from '../inputs/operator';
import { readTransferOptions, targetFields, transferOptions } from '../inputs/transfer';
import { assertNotRoot } from '../look-ups/not-root';
import { moveFile } from '../move-file';
import type { Run } from '../run';
import { webLink } from '../web-link';

const keepPermissionsOption = flag({
	displayName: 'Keep Permissions',
	name: 'keepPermissions',
	type: 'boolean',
	default: false,
	description:
		'Whether the permissions that were set on the file itself stay; otherwise it has only those of the target folder',
});

export const option = {
	name: 'Move File',
	value: 'move',
	action: 'Move a file',
	description: 'Move a file, or a folder with everything in it, to a folder of any knowledge base',
};

export const description: INodeProperties[] = showFor('file', 'move', [
	operatorField,
	fileParameter.field,
	...targetFields,
	optionsField([...transferOptions, keepPermissionsOption]),
]);

/** Plans to move each item's file and to output it as it is at its new place. */
export async function plan(run: Run, itemIndex: number): Promise<Plan> {
	const { client, lookUps } = await run.account(itemIndex);
	const { context } = run;
	const options = run.optionsOf(itemIndex);
	const keepPermissions = readOption(options, keepPermissionsOption);
	const settings = { ...readTransferOptions(options), keepPermissions };
	const input = readFileInput(context, itemIndex, client.credentials);
	const destination = readDestination(context, itemIndex, client.credentials, {
		knowledgeBase: true,
	});
	const job: Job = {
		about: aboutFile(input),
		// Another try looks first whether the file is in the target folder.
		effect: 'idempotent',
		done: 'moved',
		receipt: ({ uuid }) => ({ uuid }),
		run: async (signal, earlier) => {
			const file = await lookUps.dentry(input);
			assertNotRoot(file, 'moved');
			const target = await lookUps.target(destination);
			const moved = await moveFile(client, { file, target, ...settings, signal, earlier });
			return { json: { ...moved, webUrl: webLink(client.credentials, moved.uuid) } };
		},
	};
	return [job];
}
