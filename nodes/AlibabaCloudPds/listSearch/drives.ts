import { jsonParse, type ILoadOptionsFunctions, type INodeListSearchResult } from 'n8n-workflow';

import { recover } from '../../shared/errors';
import { searchPages, type ResultPage } from '../../shared/listSearch';
import type { PdsClient } from '../api/client';
import type { PdsCredentials } from '../api/credentials';
import { listDrives, type Drive, type DriveList } from '../api/list-drives';
import { withPicker } from './picker-context';

/** Where the list goes on. */
interface Position {
	list: DriveList;
	marker?: string;
	/** Whether nothing is lost when it is refused, because another list was shown. */
	optional?: boolean;
	/** Whether any drive was listed before. */
	found?: boolean;
}

/**
 * The drives of the account and of its teams; for who acts for the whole domain, all of it.
 */
export async function searchDrives(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await withPicker(this, { what: 'drives', scope: 'DRIVE.LIST' }, async (client) => {
		const list = async (token?: string) => await pageAt(client, token);
		return await searchPages(list, filter, paginationToken);
	});
}

async function pageAt(client: PdsClient, token?: string): Promise<ResultPage> {
	const { auth } = client.credentials;
	const position = token === undefined ? startFor(auth) : jsonParse<Position>(token);
	const { drives, next } = await listAt(client, position);
	const nextToken = next ? JSON.stringify(next) : '';
	return { results: drives.map(toResult), nextToken };
}

/** Keys and service accounts belong to the domain, not to a user who has drives. */
function startFor(auth: PdsCredentials['auth']): Position {
	const forDomain =
		auth.type === 'accessKey' || (auth.type === 'jwtApp' && auth.subjectType === 'service');
	return { list: forDomain ? 'domain' : 'own' };
}

interface Listed {
	drives: Drive[];
	next?: Position;
}

async function listAt(client: PdsClient, position: Position): Promise<Listed> {
	const { auth } = client.credentials;
	return await recover(
		async (): Promise<Listed> => {
			const { drives, nextMarker } = await listDrives(client, position);
			const found = position.found || drives.length > 0;
			if (nextMarker) return { drives, next: { ...position, marker: nextMarker, found } };
			return { drives, next: listAfter({ ...position, found }, auth) };
		},
		(error) => {
			if (error.facts.outcome !== 'refused') return error;
			if (position.optional) return { drives: [], next: listAfter(position, auth) };
			// A token does not tell whose it is.
			const mayBeAdmins = auth.type === 'accessToken' && position.list === 'own';
			return mayBeAdmins ? { drives: [], next: { list: 'domain' } } : error;
		},
	);
}

/** Not everybody is in a team, and who has no drive at all may be an administrator. */
function listAfter(
	{ list, found }: Position,
	{ type }: PdsCredentials['auth'],
): Position | undefined {
	if (list === 'own') return { list: 'team', optional: true, found };
	if (list !== 'team' || found || type !== 'accessToken') return undefined;
	return { list: 'domain', optional: true };
}

/** Names are not unique: each user's first drive has the same. */
function toResult({ driveId, name, ofTeam, enabled }: Drive) {
	const notes = [ofTeam && 'team', !enabled && 'disabled', `ID ${driveId}`];
	return { name: `${name} (${notes.filter(Boolean).join(', ')})`, value: driveId };
}
