import type { INodeProperties } from 'n8n-workflow';

import type { Job, Plan } from '../../shared/execution';
import { showFor } from '../../shared/descriptions/show';
import { readLocator } from '../inputs/locator';
import { operatorField, operatorOf } from '../inputs/operator';
import { knowledgeBaseField, readKnowledgeBase } from '../inputs/places';
import { workspaceOf } from '../look-ups/place';
import type { Run } from '../run';
import { outputOf } from './output';

export const option = {
	name: 'Get Knowledge Base',
	value: 'get',
	action: 'Get a knowledge base',
	description:
		'Get the name, root folder and link of a knowledge base, and what the operator may do',
};

export const description: INodeProperties[] = showFor('knowledgeBase', 'get', [
	operatorField,
	{
		...knowledgeBaseField,
		required: true,
		description: 'The knowledge base, or by link anything in it',
	},
]);

/** Plans to output what DingTalk tells of each item's knowledge base. */
export async function plan(run: Run, itemIndex: number): Promise<Plan> {
	const { context } = run;
	const { client, lookUps } = await run.account(itemIndex);
	const { credentials } = client;
	const knowledgeBase = readKnowledgeBase(
		readLocator(context, knowledgeBaseField.name, itemIndex),
		'Choose it from the list, by link or by ID, or correct the expression that is empty for this item.',
	);
	const operator = operatorOf(context, itemIndex, credentials);
	const job: Job = {
		about: {},
		effect: 'none',
		run: async () => {
			const operatorId = await lookUps.unionId(operator);
			const wish = { withPermissionRole: true };
			const workspace = await workspaceOf(client, knowledgeBase, operatorId, wish);
			return { json: outputOf(credentials, workspace) };
		},
	};
	return [job];
}
