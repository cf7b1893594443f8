import { checkFields, page, pageSize } from '../fields';
import { pathOf, webLinkOf } from '../tree';
import { type ApiCall, type Endpoint, operatorIn } from './endpoint';

function searchArguments(call: ApiCall, most: number, more: Record<string, 'array' | 'object'>) {
	const { keyword, option = {} } = checkFields(call.body, {
		keyword: { type: 'string', required: true },
		option: { type: 'object' },
	});
	const extra = Object.entries(more).map(([name, type]) => [name, { type }] as const);
	const options = checkFields(
		option,
		{
			maxResults: { type: 'number' },
			nextToken: { type: 'string' },
			...Object.fromEntries(extra),
		},
		'option',
	);
	const wanted = String(keyword).toLowerCase();
	return {
		fits: (name: string) => name.toLowerCase().includes(wanted),
		size: pageSize(options.maxResults, most),
		token: options.nextToken,
	};
}

/** The searches by name. */
export const searchEndpoints: Endpoint[] = [
	{
		name: 'searchWorkspaces',
		method: 'POST',
		path: '/v2.0/storage/workspaces/search',
		access: 'header',
		scope: 'Wiki.Workspace.Search',
		handle(call) {
			const { fits, size, token } = searchArguments(call, 20, {});
			const operatorId = operatorIn(call);
			const bases = call.world.workspaces.filter(({ type }) => type !== 'DRIVE');
			const found = bases.filter((w) => w.roles.has(operatorId) && fits(w.name));
			const { items, nextToken } = page(found, size, token);
			// No rootNodeId here: the caller has to ask for the knowledge base itself.
			return {
				items: items.map(({ workspaceId, name, url }) => ({ workspaceId, name, url })),
				...(nextToken && { nextToken }),
			};
		},
	},
	{
		name: 'searchDentries',
		method: 'POST',
		path: '/v2.0/storage/dentries/search',
		access: 'header',
		scope: 'Storage.Dentry.Search',
		handle(call) {
			const { fits, size, token } = searchArguments(call, 50, {
				dentryCategories: 'array',
				spaceIds: 'array',
				creatorIds: 'array',
				modifierIds: 'array',
				createTimeRange: 'object',
				visitTimeRange: 'object',
			});
			const operatorId = operatorIn(call);
			const found = call.world.tree
				.all()
				.filter((e) => e.parent && e.workspace.roles.has(operatorId) && fits(e.name));
			const { items, nextToken } = page(found, size, token);
			return {
				items: items.map((entry) => ({
					dentryUuid: entry.uuid,
					name: entry.name,
					path: {
						longPath: `${entry.workspace.name}${pathOf(entry)}`,
						path: pathOf(entry),
						url: webLinkOf(entry),
					},
				})),
				...(nextToken && { nextToken }),
			};
		},
	},
];
