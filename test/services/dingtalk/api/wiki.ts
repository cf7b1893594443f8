import { ApiError, paramError } from '../errors';
import { checkFields, page, pageSize, requiredQuery } from '../fields';
import { SEED } from '../seed';
import type { Entry } from '../tree';
import { nodeView, workspaceView } from '../views';
import {
	type ApiCall,
	checkRole,
	type Endpoint,
	entryByLink,
	flag,
	isNumericId,
	operatorIn,
} from './endpoint';

const WORKSPACE_SCOPE = 'Wiki.Workspace.Read';
/** How knowledge bases can be sorted. */
const ORDERS = ['VIEW_TIME_DESC', 'CREATE_TIME_DESC', 'MODIFIED_TIME_DESC'];
const NODE_SCOPE = 'Wiki.Node.Read';

/** The node, readable by the operator. The code for an unknown one is UNCONFIRMED. */
function readable(entry: Entry | undefined, operatorId: string): Entry {
	if (!entry) throw new ApiError(404, 'nodeNotExist', '节点不存在');
	checkRole(entry.workspace, operatorId, 'read');
	return entry;
}

function nodeById({ world }: ApiCall, nodeId: string, operatorId: string): Entry {
	if (isNumericId(nodeId)) throw paramError('a dentryId is not a nodeId');
	return readable(world.tree.get(nodeId), operatorId);
}

/** The look-ups of knowledge bases and what is in them. */
export const wikiEndpoints: Endpoint[] = [
	{
		name: 'listWorkspaces',
		method: 'GET',
		path: '/v2.0/wiki/workspaces',
		access: 'header',
		scope: WORKSPACE_SCOPE,
		handle(call) {
			const operatorId = operatorIn(call);
			const { world, query } = call;
			const { orderBy = ORDERS[0], teamId } = query;
			if (!ORDERS.includes(orderBy)) throw paramError('not one of the known ones', 'orderBy');
			if (teamId) throw new ApiError(404, 'teamNotExist', '知识小组不存在');
			const seen = world.workspaces.filter((w) => w.type === 'TEAM' && w.roles.has(operatorId));
			const { items, nextToken } = page(seen, pageSize(query.maxResults, 30), query.nextToken);
			const withRole = flag(query.withPermissionRole);
			return {
				workspaces: items.map((w) => workspaceView(w, SEED.corpId, operatorId, withRole)),
				...(nextToken && { nextToken }),
			};
		},
	},
	{
		name: 'mineWorkspace',
		method: 'GET',
		path: '/v2.0/wiki/mineWorkspaces',
		access: 'header',
		scope: WORKSPACE_SCOPE,
		handle(call) {
			const operatorId = operatorIn(call);
			const mine = call.world.workspaces.find(
				(w) => w.type === 'PERSONAL' && w.roles.has(operatorId),
			);
			if (!mine) throw new ApiError(404, 'workspaceNotExist', '知识库不存在');
			return { workspace: workspaceView(mine, SEED.corpId, operatorId, false) };
		},
	},
	{
		name: 'getWorkspace',
		method: 'GET',
		path: '/v2.0/wiki/workspaces/:workspaceId',
		access: 'header',
		scope: WORKSPACE_SCOPE,
		handle(call) {
			const operatorId = operatorIn(call);
			const { world, params, query } = call;
			const workspace = world.workspaces.find((w) => w.workspaceId === params.workspaceId);
			const isOther = !workspace && world.tree.get(params.workspaceId) !== undefined;
			if (isOther) throw new ApiError(400, 'isNotWorkspace', '不是知识库');
			if (!workspace) throw new ApiError(404, 'workspaceNotExist', '知识库不存在');
			checkRole(workspace, operatorId, 'read');
			const withRole = flag(query.withPermissionRole);
			return { workspace: workspaceView(workspace, SEED.corpId, operatorId, withRole) };
		},
	},
	{
		name: 'listNodes',
		method: 'GET',
		path: '/v2.0/wiki/nodes',
		access: 'header',
		scope: NODE_SCOPE,
		handle(call) {
			const operatorId = operatorIn(call);
			const { query } = call;
			const parent = nodeById(call, requiredQuery(query, 'parentNodeId'), operatorId);
			const size = pageSize(query.maxResults, 50);
			const { items, nextToken } = page(parent.children, size, query.nextToken);
			const withRole = flag(query.withPermissionRole);
			return {
				nodes: items.map((entry) => nodeView(entry, operatorId, withRole)),
				...(nextToken && { nextToken }),
			};
		},
	},
	{
		name: 'getNode',
		method: 'GET',
		path: '/v2.0/wiki/nodes/:nodeId',
		access: 'header',
		scope: NODE_SCOPE,
		handle(call) {
			const operatorId = operatorIn(call);
			const entry = nodeById(call, call.params.nodeId, operatorId);
			const withRole = flag(call.query.withPermissionRole);
			return { node: nodeView(entry, operatorId, withRole) };
		},
	},
	{
		name: 'queryByUrl',
		method: 'POST',
		path: '/v2.0/wiki/nodes/queryByUrl',
		access: 'header',
		scope: NODE_SCOPE,
		handle(call) {
			const { url, option = {} } = checkFields(call.body, {
				url: { type: 'string', required: true },
				option: { type: 'object' },
			});
			const operatorId = operatorIn(call);
			const { withPermissionRole } = checkFields(
				option,
				{ withStatisticalInfo: { type: 'boolean' }, withPermissionRole: { type: 'boolean' } },
				'option',
			);
			const entry = readable(entryByLink(call.world, String(url)), operatorId);
			return { node: nodeView(entry, operatorId, withPermissionRole === true) };
		},
	},
];
