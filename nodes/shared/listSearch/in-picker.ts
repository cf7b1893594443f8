import type { ILoadOptionsFunctions } from 'n8n-workflow';

import { badInput, describe, toNodeError, toUploadError } from '../errors';

/**
 * Runs the search behind a picker. The editor shows only the message of an error, so the message
 * gets everything that helps.
 */
export async function inPicker<T>(
	context: ILoadOptionsFunctions,
	search: () => Promise<T>,
): Promise<T> {
	try {
		return await search();
	} catch (error) {
		const { facts } = toUploadError(error);
		throw toNodeError(context.getNode(), badInput(`${facts.title}. ${describe(facts)}`), 0);
	}
}
