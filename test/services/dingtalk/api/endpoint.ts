import type { Route } from '../../core/api/front';
import { paramError, permissionDenied } from '../errors';
import { requiredQuery } from '../fields';
import { SEED } from '../seed';
import type { Entry, Role, Workspace } from '../tree';
import type { CallName } from '../types';
import type { World } from '../world';

/** What an endpoint is called with; the token was checked before. */
export interface ApiCall {
	world: World;
	params: Record<string, string>;
	query: Record<string, string>;
	body: unknown;
}

/** One API of the service. */
export interface Endpoint extends Route<CallName> {
	/** Where the token is: in the header, in the query (old API), or not needed. */
	access: 'header' | 'query' | 'anonymous';
	/** The permission the app must have. */
	scope?: string;
	/** True for a POST that has no body. */
	bodyless?: boolean;
	/** True when third-party apps may not call it. */
	internalOnly?: boolean;
	/** The answer's body. Throws ApiError or LegacyError. */
	handle(call: ApiCall): unknown;
}

/** The people the organisation knows. */
export const USERS = [SEED.operator, SEED.otherUser];

/** True for ids in digits only: a numeric dentryId where a dentryUuid is wanted. */
export function isNumericId(id: string): boolean {
	return /^\d+$/.test(id);
}

/** Refuses anything but the union id of someone known; a user id in its place is the classic. */
export function checkOperator(unionId: unknown, parameter: string): string {
	const user = USERS.find((one) => one.unionId === unionId);
	if (!user) throw paramError(`${parameter} is not the unionId of a user of this organisation`);
	return user.unionId;
}

/** The operator named in the query. */
export function operatorIn(call: ApiCall, parameter = 'operatorId'): string {
	return checkOperator(requiredQuery(call.query, parameter), parameter);
}

/** Refuses an operator without that much right in the knowledge base. */
export function checkRole(workspace: Workspace, unionId: string, wanted: 'read' | 'write'): void {
	const role: Role | undefined = workspace.roles.get(unionId);
	if (!role || (wanted === 'write' && role === 'READER')) throw permissionDenied();
}

/** Reads a yes or no from the query. */
export function flag(value: string | undefined): boolean {
	return value === 'true';
}

/** The entry of a pasted link of any form, or of a knowledge base's link its root. */
export function entryByLink(world: World, link: string): Entry | undefined {
	const url = URL.canParse(link) ? new URL(link) : undefined;
	if (!url || !/(^|\.)alidocs\.dingtalk\.(com|io)$/.test(url.hostname)) {
		throw paramError('url is not a link of DingTalk Docs');
	}
	const [, first, kind, id] = url.pathname.split('/');
	const docKey = url.searchParams.get('docKey');
	if (docKey) return world.tree.find((entry) => entry.docKey === docKey);
	if (first !== 'i' || !id) return undefined;
	if (kind === 'nodes') return world.tree.get(id);
	if (kind === 'p') return world.tree.find((entry) => entry.shortId === id);
	const workspace = world.workspaces.find((one) => one.workspaceId === id);
	return kind === 'spaces' && workspace ? world.tree.get(workspace.rootUuid) : undefined;
}
