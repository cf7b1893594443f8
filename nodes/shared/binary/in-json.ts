import type { IBinaryData } from 'n8n-workflow';

import { isStoreId, type Candidate } from './candidate';

/** Where n8n puts files into an item's JSON: its constant BINARY_IN_JSON_PROPERTY. */
const FILES_KEY = '_files';

/**
 * The files in an item's JSON, with n8n's workflow setting "combined". Only what n8n itself marks as a
 * file is one: JSON that somebody sent to a webhook may look the same, and name the file of another
 * execution.
 *
 * n8n puts files into `_files` at the top of an item; nodes that put items into a list or a field take
 * it along. Further down an id has to name this execution, where it names one.
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

/** Files of a webhook's request are in a place for all until its execution has ended. */
const OF_WEBHOOK = 'temp';

/** Not all stores name the execution in their ids; those of the others cannot be guessed. */
function isOf(executionId: string, storeId: string): boolean {
	const [, named] = /\/executions\/([^/]+)\//.exec(storeId) ?? [];
	return named === undefined || named === executionId || named === OF_WEBHOOK;
}
