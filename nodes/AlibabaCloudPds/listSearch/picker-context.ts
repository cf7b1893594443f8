import type { ILoadOptionsFunctions } from 'n8n-workflow';

import { recover, type UploadError } from '../../shared/errors';
import { transportOf } from '../../shared/execution';
import { inPicker } from '../../shared/listSearch';
import { PdsClient } from '../api/client';
import { readCredentials } from '../api/credentials';
import { hasCode } from '../api/service-error';

/** What a list shows, and the scope that it requires. */
export interface Wanted {
	what: string;
	/** @see https://www.alibabacloud.com/help/en/pds/drive-and-photo-service-dev/user-guide/scopes */
	scope: string;
}

/** Runs a list search with the credential currently shown in the node's form. */
export async function withPicker<T>(
	context: ILoadOptionsFunctions,
	wanted: Wanted,
	search: (client: PdsClient) => Promise<T>,
): Promise<T> {
	return await inPicker(context, async () => {
		const credentials = readCredentials(await context.getCredentials('alibabaCloudPdsApi'));
		const client = new PdsClient({ transport: transportOf(context), credentials });
		return await recover(
			async () => await search(client),
			(error) => inWords(error, wanted),
		);
	});
}

/** Whether the account lacks a permission. */
export function isForbidden(error: UploadError): boolean {
	return hasCode(error, 'ForbiddenNoPermission') || hasCode(error, 'Forbidden');
}

/** Adds that IDs can be entered without the list. */
function inWords(error: UploadError, { what, scope }: Wanted): UploadError {
	const { badInput, description } = error.facts;
	if (badInput) return error;
	const byId = 'To continue without the list, choose "By ID" and enter the ID.';
	if (!isForbidden(error)) {
		return error.with({ description: [description, byId].filter(Boolean).join(' ') });
	}
	return error.with({
		title: `The account may not list ${what}`,
		description: `It lacks the permission ${scope}: ask the administrator of the PDS domain for it, or use another account in the credential. ${byId}`,
	});
}
