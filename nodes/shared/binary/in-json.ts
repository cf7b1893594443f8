import type { IBinaryData } from 'n8n-workflow';

import { isStoreId, type Candidate } from './candidate';

/** The key under which n8n puts files into an item's JSON: its constant BINARY_IN_JSON_PROPERTY. */
const FILES_KEY = '_files';

/**
 * Returns the files in an item's JSON, for n8n's workflow setting "combined". Only what n8n itself
 * marks as a file counts: JSON sent to a webhook may look the same and name a file of another
 * execution.
 *
 * n8n puts files into `_files` at the top level of an item, and nodes that move items into a list
 * or a field take it along. Below the top level, an ID that names an execution must name this one.
 */
export function filesInJson(json: object, executionId: string): Candidate[] {
	const found: Candidate[] = [];
	const seen = new Set<object>();
	const left = [{ value: json, path: '' }];
	for (let next = left.pop(); next; next = left.pop()) {
		const { value, path } = next;
		if (seen.has(value)) continue;
		seen.add(value);
		const isOwn = (binary: IBinaryData) => path === '' || isOf(executionId, String(binary.id));
		const children: typeof left = [];
		for (const [key, child] of Object.entries(value) as Array<[string, unknown]>) {
			if (typeof child !== 'object' || child === null) continue;
			if (key === FILES_KEY)
				found.push(...storedIn(child, path + key).filter(({ binary }) => isOwn(binary)));
			else children.push({ value: child, path: `${path}${key}.` });
		}
		left.push(...children.reverse());
	}
	return found;
}

function storedIn(files: object, path: string): Candidate[] {
	const entries = Object.entries(files) as Array<[string, Partial<IBinaryData> | null]>;
	return entries
		.filter(([, file]) => typeof file?.mimeType === 'string' && isStoreId(file.id))
		.map(([key, file]) => ({ field: `${path}.${key}`, alias: key, binary: file as IBinaryData }));
}

/** The place for files of a webhook request, shared by all executions until they end. */
const OF_WEBHOOK = 'temp';

/**
 * Whether a file belongs to this execution. Not all stores put the execution into their IDs; those
 * of the others cannot be guessed.
 */
function isOf(executionId: string, storeId: string): boolean {
	const [, named] = /\/executions\/([^/]+)\//.exec(storeId) ?? [];
	return named === undefined || named === executionId || named === OF_WEBHOOK;
}
