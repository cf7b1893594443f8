import type { INodeProperties } from 'n8n-workflow';

import type { Job, Plan } from '../../shared/execution';
import { showFor } from '../../shared/descriptions/show';
import { readDestination } from '../inputs/destination';
import { folderPathField, readFolderPathOf } from '../inputs/folder-path';
import { operatorField } from '../inputs/operator';
import { knowledgeBaseField, parentOfKnowledgeBaseField } from '../inputs/places';
import type { Run } from '../run';
import { webLink } from '../web-link';

export const option = {
	name: 'Create Folder',
	value: 'create',
	action: 'Create a folder',
	description: 'Create a folder, or a path of folders, in a knowledge base unless it exists',
};

export const description: INodeProperties[] = showFor('folder', 'create', [
	operatorField,
	{
		...knowledgeBaseField,
		description:
			'The knowledge base to create the folder in. Not needed if the parent folder is given by link or ID.',
	},
	{
		...parentOfKnowledgeBaseField,
		description:
			'The folder to create it in. Leave empty for the root of the knowledge base; if that is empty too, the folder or knowledge base that the previous node returned is used.',
	},
	folderPathField,
]);

/** Plans to create the folders of each item's path and to output the last one. */
export async function plan(run: Run, itemIndex: number): Promise<Plan> {
	const { context } = run;
	const folderNames = readFolderPathOf(context, itemIndex);
	const { client, lookUps } = await run.account(itemIndex);
	const input = readDestination(context, itemIndex, client.credentials, {
		knowledgeBase: true,
		ofItem: true,
	});
	const job: Job = {
		about: { folderPath: folderNames.join('/') },
		effect: 'idempotent',
		run: async () => {
			const { dentryUuid: uuid, dentry } = await lookUps.folder({ ...input, folderNames });
			const told = { name: folderNames.at(-1), type: 'FOLDER', ...dentry };
			return { json: { ...told, uuid, webUrl: webLink(client.credentials, uuid) } };
		},
	};
	return [job];
}
