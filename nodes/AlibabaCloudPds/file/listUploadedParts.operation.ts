import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { badInput } from '../../shared/errors';
import type { Job, Plan } from '../../shared/execution';
import { resultLimit } from '../../shared/descriptions/return-all';
import { optionsField, showFor } from '../../shared/descriptions/show';
import { number, readOption } from '../../shared/parameter';
import type { PdsClient } from '../api/client';
import { listUploadedParts, MAX_PARTS_PER_PAGE } from '../api/list-uploaded-parts';
import type { UploadRef } from '../api/upload-ref';
import { readUploadRef, shareIdOption, uploadRefFields } from '../inputs/upload-ref';
import type { Run } from '../run';

const results = resultLimit({ returnAll: true });

const startAfterOption = number(
	{
		displayName: 'Start After Part',
		name: 'partNumberMarker',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 0,
		description: 'The number of the part after which to start the list',
	},
	(given) => badInput(`"${given}" is not a part number`, 'Enter a whole number of 0 or more.'),
);

export const option = {
	name: 'List Uploaded Parts',
	value: 'listUploadedParts',
	action: 'List uploaded parts',
	description: 'List the stored parts of an unfinished upload',
};

export const description: INodeProperties[] = showFor('file', 'listUploadedParts', [
	...uploadRefFields,
	...results.fields,
	optionsField([startAfterOption, shareIdOption]),
]);

/**
 * Plans to output the service's response for each item, with the parts of all pages in one list.
 */
export async function plan(run: Run, itemIndex: number): Promise<Plan> {
	const { context } = run;
	const options = run.optionsOf(itemIndex);
	const ref = readUploadRef(context, itemIndex, options);
	const limit = results.read(context, itemIndex);
	const marker = readOption(options, startAfterOption) || undefined;
	const { client } = await run.account(itemIndex);
	const { fileId, uploadId } = ref;
	const job: Job = {
		about: { fileId, uploadId },
		effect: 'none',
		run: async () => ({ json: await listed(client, ref, limit, marker) }),
	};
	return [job];
}

async function listed(
	client: PdsClient,
	ref: UploadRef,
	limit: number,
	after: number | undefined,
): Promise<IDataObject> {
	const parts: unknown[] = [];
	let marker = after;
	for (;;) {
		const pageSize = Math.min(MAX_PARTS_PER_PAGE, limit - parts.length);
		const { raw, nextMarker } = await listUploadedParts(client, ref, { marker, limit: pageSize });
		const page = Array.isArray(raw.uploaded_parts) ? raw.uploaded_parts : [];
		parts.push(...page);
		marker = nextMarker;
		const more = marker !== undefined && page.length > 0 && parts.length < limit;
		if (!more) return { ...raw, uploaded_parts: parts as IDataObject[] };
	}
}
