import type { INodeProperties } from 'n8n-workflow';

import { resultLimit } from '../../shared/descriptions/return-all';
import { showFor } from '../../shared/descriptions/show';
import type { Job, Plan } from '../../shared/execution';
import { entriesOf, firstOf } from '../../shared/paging';
import type { DingTalkClient } from '../api/client';
import type { Workspace } from '../api/get-workspace';
import { listWorkspaces, MAX_WORKSPACES_PER_PAGE } from '../api/list-workspaces';
import { operatorField, operatorOf } from '../inputs/operator';
import type { Run } from '../run';
import { outputOf } from './output';

const results = resultLimit();

export const option = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many knowledge bases',
	description: 'List the knowledge bases that the operator can see, the latest visited first',
};

export const description: INodeProperties[] = showFor('knowledgeBase', 'getAll', [
	operatorField,
	...results.fields,
]);

/** Plans to output an item for each knowledge base that the operator of an item can see. */
export async function plan(run: Run, itemIndex: number): Promise<Plan> {
	const { context } = run;
	const limit = results.read(context, itemIndex);
	const { client, lookUps } = await run.account(itemIndex);
	const { credentials } = client;
	const operator = operatorOf(context, itemIndex, credentials);
	const job: Job = {
		about: {},
		effect: 'none',
		run: async () => {
			const found = await workspacesOf(client, await lookUps.unionId(operator), limit);
			return found.map((workspace) => ({ json: outputOf(credentials, workspace) }));
		},
	};
	return [job];
}

async function workspacesOf(
	client: DingTalkClient,
	operatorId: string,
	limit: number,
): Promise<Workspace[]> {
	const entries = entriesOf({
		...{ service: 'DingTalk', step: 'listKnowledgeBases' },
		page: async (nextToken, given) => {
			const maxResults = Math.min(limit - given, MAX_WORKSPACES_PER_PAGE);
			const request = { operatorId, nextToken, maxResults, withPermissionRole: true };
			const page = await listWorkspaces(client, request);
			return { entries: page.workspaces, nextToken: page.nextToken };
		},
		keyOf: ({ workspaceId }) => workspaceId,
	});
	return await firstOf(entries, limit);
}
