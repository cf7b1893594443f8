import type { INodeProperties } from 'n8n-workflow';

import type { Job, Plan } from '../../shared/execution';
import { showFor } from '../../shared/descriptions/show';
import { recover } from '../../shared/errors';
import { readParameter, required, text } from '../../shared/parameter';
import { getDentry } from '../api/get-dentry';
import { renameDentry } from '../api/rename-dentry';
import { aboutFile, fileParameter, readFileInput } from '../inputs/file';
import { checkFileName } from '../inputs/file-name';
import { operatorField } from '../inputs/operator';
import { assertNotRoot } from '../look-ups/not-root';
import type { Run } from '../run';
import { webLink } from '../web-link';

const newName = required(
	text({
		displayName: 'New Name',
		name: 'fileName',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. report.pdf',
		description: 'The new name, including the extension',
	}),
	'No new name is given',
	'Enter one in "New Name", including the extension.',
);

export const option = {
	name: 'Rename File',
	value: 'rename',
	action: 'Rename a file',
	description: 'Give a file, folder or document a new name in the folder where it is',
};

export const description: INodeProperties[] = showFor('file', 'rename', [
	operatorField,
	fileParameter.field,
	newName.field,
]);

/** Plans to rename each item's file and to output it as it is then. */
export async function plan(run: Run, itemIndex: number): Promise<Plan> {
	const { client, lookUps } = await run.account(itemIndex);
	const input = readFileInput(run.context, itemIndex, client.credentials);
	const given = readParameter(run.context, itemIndex, newName);
	const name = checkFileName(given, { what: 'new name', where: '"New Name"' });
	const job: Job = {
		about: aboutFile(input),
		effect: 'idempotent',
		done: 'renamed',
		receipt: ({ uuid }) => ({ uuid }),
		run: async () => {
			const ref = await lookUps.dentry(input);
			assertNotRoot(ref, 'renamed');
			const dentry = await recover(
				async () => await renameDentry(client, { ...ref, newName: name }),
				async (error) => {
					if (error.facts.outcome !== 'unknown') return error;
					// The answer was lost: the name tells what came of it.
					const found = await getDentry(client, ref).catch(() => undefined);
					return found?.name === name ? found : error;
				},
			);
			return { json: { ...dentry, webUrl: webLink(client.credentials, dentry.uuid) } };
		},
	};
	return [job];
}
