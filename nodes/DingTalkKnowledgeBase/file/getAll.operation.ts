import type { INodeProperties } from 'n8n-workflow';

import { resultLimit } from '../../shared/descriptions/return-all';
import { optionsField, showFor } from '../../shared/descriptions/show';
import type { Job, Plan } from '../../shared/execution';
import { choice, flag, readOption, withDefault } from '../../shared/parameter';
import { readDestination } from '../inputs/destination';
import { maxRequestsPerSecondOption } from '../inputs/max-requests';
import { operatorField } from '../inputs/operator';
import { knowledgeBaseField, parentOfKnowledgeBaseField } from '../inputs/places';
import { filesIn } from '../list-files';
import type { Run } from '../run';
import { webLink } from '../web-link';

const results = resultLimit();

const typeChoice = choice({
	displayName: 'Type',
	name: 'type',
	type: 'options',
	default: 'all',
	description: 'What to return; only what is returned counts for the limit',
	options: [
		{
			name: 'All',
			value: 'all',
			description: 'Files, folders, online documents and shortcuts',
		},
		{
			name: 'Documents',
			value: 'document',
			description: 'Online documents, spreadsheets, AI tables and the like',
		},
		{ name: 'Files', value: 'file', description: 'Uploaded files and shortcuts' },
		{ name: 'Folders', value: 'folder' },
	],
});

const typeOption = withDefault(typeChoice);

const recursiveOption = withDefault(
	flag({
		displayName: 'Recursive',
		name: 'recursive',
		type: 'boolean',
		default: false,
		description:
			'Whether to list the folders inside the folder too, level by level. Each folder takes a call of its own.',
	}),
);

export const option = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many files',
	description:
		'List the files, folders and documents in a folder or at the root of a knowledge base',
};

export const description: INodeProperties[] = showFor('file', 'getAll', [
	operatorField,
	{
		...knowledgeBaseField,
		description:
			'The knowledge base to list. Not needed if the parent folder is given by link or ID.',
	},
	{
		...parentOfKnowledgeBaseField,
		description:
			'The folder to list. Leave empty for the root of the knowledge base; if that is empty too, the folder or knowledge base that the previous node returned is used.',
	},
	...results.fields,
	optionsField([maxRequestsPerSecondOption, recursiveOption, typeOption]),
]);

/** Plans to output an item for each thing in the folder of an item. */
export async function plan(run: Run, itemIndex: number): Promise<Plan> {
	const { context } = run;
	const options = run.optionsOf(itemIndex);
	const wish = {
		limit: results.read(context, itemIndex),
		type: readOption(options, typeOption),
		recursive: readOption(options, recursiveOption),
	};
	const { client, lookUps } = await run.account(itemIndex);
	const { credentials } = client;
	const {
		operator,
		parent: file,
		parentIds: ids,
	} = readDestination(context, itemIndex, credentials, { knowledgeBase: true, ofItem: true });
	const job: Job = {
		about: {},
		effect: 'none',
		run: async () => {
			const { unionId, spaceId, dentryId } = await lookUps.dentry({ operator, file, ids });
			const dentries = await filesIn(client, { folder: { spaceId, dentryId }, unionId, ...wish });
			return dentries.map((dentry) => ({
				json: { ...dentry, webUrl: webLink(credentials, dentry.uuid) },
			}));
		},
	};
	return [job];
}
