import type { ILoadOptionsFunctions } from 'n8n-workflow';

import { transportOf } from '../../shared/context';
import { badInput, describe, toNodeError, toUploadError } from '../../shared/errors';
import { DingTalkClient } from '../api/client';
import { readCredentials } from '../api/credentials';
import { locatorOf } from '../inputs/locator';
import { readOperator } from '../inputs/operator';

export interface Picker {
	client: DingTalkClient;
	/** Union id. */
	operatorId: string;
}

/**
 * Runs a list search with the operator that the node's form shows now. The editor shows only the
 * message of an error, so everything that helps is put into it.
 */
export async function withPicker<T>(
	context: ILoadOptionsFunctions,
	search: (picker: Picker) => Promise<T>,
): Promise<T> {
	try {
		const credentials = readCredentials(await context.getCredentials('dingTalkApi'));
		const client = new DingTalkClient({ transport: transportOf(context), credentials });
		const operator = locatorOf(context.getCurrentNodeParameter('operator'));
		return await search({ client, operatorId: await readOperator(client, operator)() });
	} catch (error) {
		const { facts } = toUploadError(error);
		throw toNodeError(context.getNode(), badInput(`${facts.title}. ${describe(facts)}`), 0);
	}
}

/** Whether a name contains what was typed, in any case. */
export function isWanted(name: string, filter: string | undefined): boolean {
	return name.toLowerCase().includes((filter ?? '').trim().toLowerCase());
}
