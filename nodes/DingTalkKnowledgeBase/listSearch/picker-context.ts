import type { ILoadOptionsFunctions } from 'n8n-workflow';

import { transportOf } from '../../shared/execution';
import { inPicker } from '../../shared/listSearch';
import { DingTalkClient } from '../api/client';
import { readCredentials } from '../api/credentials';
import { locatorOf } from '../inputs/locator';
import { readOperator } from '../inputs/operator';
import { unionIdOf } from '../look-ups/operator';

export interface Picker {
	client: DingTalkClient;
	/** Union ID. */
	operatorId: string;
}

/** Runs a list search with the operator currently shown in the node's form. */
export async function withPicker<T>(
	context: ILoadOptionsFunctions,
	search: (picker: Picker) => Promise<T>,
): Promise<T> {
	return await inPicker(context, async () => {
		const credentials = readCredentials(await context.getCredentials('dingTalkApi'));
		const client = new DingTalkClient({ transport: transportOf(context), credentials });
		const given = locatorOf(context.getCurrentNodeParameter('operator'));
		const operator = readOperator(given, credentials);
		return await search({ client, operatorId: await unionIdOf(client, operator) });
	});
}
