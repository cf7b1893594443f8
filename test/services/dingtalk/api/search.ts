import { ApiError, paramError } from '../errors';
import { checkFields, page, pageSize } from '../fields';
import { dentryCategoryOf, type Entry, pathOf, webLinkOf } from '../tree';
import { type ApiCall, type Endpoint, operatorIn, USERS } from './endpoint';

const CATEGORIES = [
	...['IMAGE', 'VIDEO', 'AUDIO', 'ARCHIVE', 'SHORTCUT', 'DOCUMENT', 'ALI_DOC', 'OTHER'],
];

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
	const wanted = String(keyword).trim().toLowerCase();
	// The one code of the page that is written with a dash.
	if (wanted === '') throw new ApiError(400, 'paramError-keyword', 'keyword is empty');
	return {
		options,
		fits: (name: string) => name.toLowerCase().includes(wanted),
		size: pageSize(options.maxResults, most),
		token: options.nextToken,
	};
}

/** Whether an entry is of the categories that are asked for; which there are is UNCONFIRMED. */
function byCategory(given: unknown): (entry: Entry) => boolean {
	if (given === undefined) return () => true;
	const wanted = given as unknown[];
	if (!wanted.every((each) => CATEGORIES.includes(String(each)))) {
		throw paramError('not a category', 'dentryCategories');
	}
	return (entry) => wanted.includes(dentryCategoryOf(entry));
}

/** Whether an entry was created in the time span that is asked for. */
function byCreation(given: unknown): (entry: Entry) => boolean {
	const { startTime, endTime } = checkFields(
		given ?? {},
		{ startTime: { type: 'number' }, endTime: { type: 'number' } },
		'option.createTimeRange',
	);
	const from = Number(startTime ?? 0);
	const to = Number(endTime ?? Infinity);
	if (from > to) throw paramError('it ends before it begins', 'createTimeRange');
	return ({ createdAt }) => createdAt >= from && createdAt <= to;
}

function person(unionId: string) {
	const { userId, name } = USERS.find((user) => user.unionId === unionId) ?? USERS[0];
	return { userId, name };
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
			const found = call.world.workspaces.filter((w) => w.roles.has(operatorId) && fits(w.name));
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
			const { fits, size, token, options } = searchArguments(call, 50, {
				dentryCategories: 'array',
				spaceIds: 'array',
				creatorIds: 'array',
				modifierIds: 'array',
				createTimeRange: 'object',
				visitTimeRange: 'object',
			});
			const operatorId = operatorIn(call);
			const isOfKind = byCategory(options.dentryCategories);
			const isOfTime = byCreation(options.createTimeRange);
			const found = call.world.tree
				.all()
				.filter((e) => e.parent && e.workspace.roles.has(operatorId) && fits(e.name))
				.filter((e) => isOfKind(e) && isOfTime(e));
			const { items, nextToken } = page(found, size, token);
			return {
				items: items.map((entry) => ({
					dentryUuid: entry.uuid,
					name: entry.name,
					creator: person(entry.creatorId),
					modifier: person(entry.modifierId),
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
