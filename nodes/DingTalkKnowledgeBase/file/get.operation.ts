import type { INodeProperties } from 'n8n-workflow';

import type { Job, Plan } from '../../shared/execution';
import { showFor } from '../../shared/descriptions/show';
import { getDentry } from '../api/get-dentry';
import { fileParameter, readFileInput } from '../inputs/file';
import { operatorField } from '../inputs/operator';
import type { Run } from '../run';
import { webLink } from '../web-link';

export const option = {
	name: 'Get File',
	value: 'get',
	action: 'Get a file',
	description: 'Get the name, size, path, version and times of a file, folder or document',
};

export const description: INodeProperties[] = showFor('file', 'get', [
	operatorField,
	fileParameter.field,
]);

/** Plans to output what DingTalk tells of each item's file. */
export async function plan(run: Run, itemIndex: number): Promise<Plan> {
	const { client, lookUps } = await run.account(itemIndex);
	const input = readFileInput(run.context, itemIndex, client.credentials);
	const job: Job = {
		about: {},
		effect: 'none',
		run: async () => {
			const dentry = await getDentry(client, await lookUps.dentry(input));
			return { json: { ...dentry, webUrl: webLink(client.credentials, dentry.uuid) } };
		},
	};
	return [job];
}
