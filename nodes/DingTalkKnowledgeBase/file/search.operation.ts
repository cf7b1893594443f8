import type { INodeProperties } from 'n8n-workflow';

import { resultLimit } from '../../shared/descriptions/return-all';
import { collectionOf, showFor } from '../../shared/descriptions/show';
import type { Job, Plan } from '../../shared/execution';
import { entriesOf, firstOf } from '../../shared/paging';
import { readParameter, required, text } from '../../shared/parameter';
import type { DingTalkClient } from '../api/client';
import { MAX_FOUND_PER_PAGE, searchDentries, type SearchRequest } from '../api/search-dentries';
import { operatorField, operatorOf } from '../inputs/operator';
import { readSearchOptions, searchOptionFields } from '../inputs/search-options';
import type { Run } from '../run';
import { webLink } from '../web-link';

const queryParameter = required(
	text({
		displayName: 'Query',
		name: 'query',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. invoice 2026',
		description: 'The words to look for, as in the search of DingTalk',
	}),
	'There is nothing to search for',
	'Fill in "Query", or correct its expression, which is empty for this item.',
);

const results = resultLimit();

export const option = {
	name: 'Search Files',
	value: 'search',
	action: 'Search files',
	description: 'Find files, folders and documents that the operator can see, by keyword',
};

export const description: INodeProperties[] = showFor('file', 'search', [
	operatorField,
	queryParameter.field,
	...results.fields,
	collectionOf(searchOptionFields),
]);

/** Plans to output an item for each thing that is found for an item. */
export async function plan(run: Run, itemIndex: number): Promise<Plan> {
	const { context } = run;
	const keyword = readParameter(context, itemIndex, queryParameter);
	const limit = results.read(context, itemIndex);
	const wish = readSearchOptions(run.optionsOf(itemIndex), context.getTimezone());
	const { client, lookUps } = await run.account(itemIndex);
	const operator = operatorOf(context, itemIndex, client.credentials);
	const job: Job = {
		about: {},
		effect: 'none',
		run: async () => {
			const operatorId = await lookUps.unionId(operator);
			const found = await search(client, { keyword, operatorId, ...wish }, limit);
			return found.map(({ dentryUuid: uuid, raw }) => ({
				json: { uuid, ...raw, webUrl: webLink(client.credentials, uuid) },
			}));
		},
	};
	return [job];
}

async function search(client: DingTalkClient, request: SearchRequest, limit: number) {
	const entries = entriesOf({
		...{ service: 'DingTalk', step: 'searchDocuments' },
		page: async (nextToken, given) => {
			const maxResults = Math.min(limit - given, MAX_FOUND_PER_PAGE);
			const page = await searchDentries(client, { ...request, maxResults, nextToken });
			return { entries: page.items, nextToken: page.nextToken };
		},
		keyOf: ({ dentryUuid }) => dentryUuid,
	});
	return await firstOf(entries, limit);
}
