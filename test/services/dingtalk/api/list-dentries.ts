import { ApiError, paramError } from '../errors';
import { page, pageSize, requiredQuery } from '../fields';
import type { Entry } from '../tree';
import { dentryView } from '../views';
import { DENTRIES, spaceIn } from './dentries';
import { type ApiCall, type Endpoint, flag, operatorIn } from './endpoint';

const ORDERS: Record<string, (entry: Entry) => number | string> = {
	MODIFIED_TIME: ({ modifiedAt }) => modifiedAt,
	CREATE_TIME: ({ createdAt }) => createdAt,
	NAME: ({ name }) => name,
	SIZE: ({ size }) => size,
};

const PARAMETERS = new Set([
	...['parentId', 'nextToken', 'maxResults', 'orderBy', 'order', 'withThumbnail', 'unionId'],
]);

/** What is in a folder, page by page. */
export const listDentriesEndpoint: Endpoint = {
	name: 'listDentries',
	method: 'GET',
	path: DENTRIES,
	access: 'header',
	scope: 'Storage.File.Read',
	handle(call) {
		const { query } = call;
		const unknown = Object.keys(query).find((name) => !PARAMETERS.has(name));
		if (unknown !== undefined) throw paramError(`${unknown} is not a parameter`);
		const unionId = operatorIn(call, 'unionId');
		const space = spaceIn(call, unionId, 'read');
		const parentId = requiredQuery(query, 'parentId');
		const parent = call.world.tree.find((one) => one.workspace === space && one.id === parentId);
		if (!parent) throw new ApiError(404, 'dentryNotExist', '文件不存在');
		if (parent.type !== 'FOLDER') throw paramError('parentId is not that of a folder');
		const size = pageSize(query.maxResults, 50);
		const { items, nextToken } = page(inOrder(call, parent.children), size, query.nextToken);
		const withThumbnail = flag(query.withThumbnail);
		return {
			dentries: items.map((entry) => {
				const { thumbnail, ...fields } = dentryView(entry);
				// The page of this call knows no category.
				return { ...fields, category: undefined, ...(withThumbnail && { thumbnail }) };
			}),
			...(nextToken && { nextToken }),
		};
	},
};

function inOrder({ query }: ApiCall, entries: Entry[]): Entry[] {
	const { orderBy = 'MODIFIED_TIME', order = 'DESC' } = query;
	if (!Object.hasOwn(ORDERS, orderBy)) throw paramError('orderBy is not one of the known ones');
	if (!/^(?:ASC|DESC)$/.test(order)) throw paramError('order is neither ASC nor DESC');
	const rank = ORDERS[orderBy];
	const sign = order === 'ASC' ? 1 : -1;
	return [...entries].sort((a, b) => {
		if (rank(a) === rank(b)) return 0;
		return rank(a) < rank(b) ? -sign : sign;
	});
}
