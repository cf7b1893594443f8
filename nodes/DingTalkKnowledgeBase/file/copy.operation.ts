import type { INodeProperties } from 'n8n-workflow';

import type { Job, Plan } from '../../shared/execution';
import { optionsField, showFor } from '../../shared/descriptions/show';
import { effectOf } from '../api/commit-file';
import { copyFile } from '../copy-file';
import { readDestination } from '../inputs/destination';
import { aboutFile, fileParameter, readFileInput } from '../inputs/file';
import { operatorField } from '../inputs/operator';
import { readTransferOptions, targetFields, transferOptions } from '../inputs/transfer';
import type { Run } from '../run';
import { webLink } from '../web-link';

export const option = {
	name: 'Copy File',
	value: 'copy',
	action: 'Copy a file',
	description: 'Copy a file, or a folder with everything in it, to a folder of any knowledge base',
};

export const description: INodeProperties[] = showFor('file', 'copy', [
	operatorField,
	fileParameter.field,
	...targetFields,
	optionsField(transferOptions),
]);

/** Plans to copy each item's file and to output the copy. */
export async function plan(run: Run, itemIndex: number): Promise<Plan> {
	const { client, lookUps } = await run.account(itemIndex);
	const { context } = run;
	const settings = readTransferOptions(run.optionsOf(itemIndex));
	const input = readFileInput(context, itemIndex, client.credentials);
	const destination = readDestination(context, itemIndex, client.credentials, {
		knowledgeBase: true,
	});
	const job: Job = {
		about: aboutFile(input),
		effect: effectOf(settings),
		done: 'copied',
		receipt: ({ uuid }) => ({ uuid }),
		run: async (signal) => {
			const file = await lookUps.dentry(input);
			const target = await lookUps.target(destination);
			const copy = await copyFile(client, { file, target, ...settings, signal });
			const { uuid } = copy;
			const webUrl = uuid === undefined ? {} : { webUrl: webLink(client.credentials, uuid) };
			return { json: { ...copy, ...webUrl } };
		},
	};
	return [job];
}
