import { jsonParse, type ILoadOptionsFunctions, type INodeListSearchResult } from 'n8n-workflow';

import { recover } from '../../shared/errors';
import { searchPages, type ResultPage } from '../../shared/listSearch';
import type { PdsClient } from '../api/client';
import type { PdsCredentials } from '../api/credentials';
import { listDrives, type Drive, type DriveList } from '../api/list-drives';
import { withPicker } from './picker-context';

/** Where to continue the list. */
interface Position {
	list: DriveList;
	marker?: string;
	/** Whether a refusal may be ignored, because another list was shown. */
	optional?: boolean;
	/** Whether any drive has been listed so far. */
	found?: boolean;
}

/** Lists the drives of the account and its teams; for accounts of the domain, all its drives. */
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

/** Returns the first list. Keys and service accounts belong to the domain and own no drives. */
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

/**
 * Returns where to continue after a list. Not everyone is in a team, and an account without any
 * drive may be an administrator.
 */
function listAfter(
	{ list, found }: Position,
	{ type }: PdsCredentials['auth'],
): Position | undefined {
	if (list === 'own') return { list: 'team', optional: true, found };
	if (list !== 'team' || found || type !== 'accessToken') return undefined;
	return { list: 'domain', optional: true };
}

/** Adds the ID, because names are not unique: the first drive of every user has the same name. */
function toResult({ driveId, name, ofTeam, enabled }: Drive) {
	const notes = [ofTeam && 'team', !enabled && 'disabled', `ID ${driveId}`];
	return { name: `${name} (${notes.filter(Boolean).join(', ')})`, value: driveId };
}
