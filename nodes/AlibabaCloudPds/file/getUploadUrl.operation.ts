import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { optionsField, showFor } from '../../shared/fields/show';
import { optionsOf } from '../../shared/options';
import { runJobs, type Job } from '../../shared/run-jobs';
import { getUploadUrl } from '../api/get-upload-url';
import { partInfoListOption, partsField } from '../fields/parts';
import { shareIdOption, uploadRefFields } from '../fields/upload-ref';
import { readUploadRef } from '../inputs/ids';
import { readParts } from '../inputs/parts';
import { Run } from '../run';

export const description: INodeProperties[] = showFor('file', 'getUploadUrl', [
	...uploadRefFields,
	partsField,
	optionsField([partInfoListOption, shareIdOption]),
]);

/** Gives the service's answer for each item. */
export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const run = await Run.start(context);
	const planItem = async (index: number) => [plan(run, index)];
	return await runJobs(context, planItem, run.concurrency, run.stop);
}

function plan({ context, client }: Run, itemIndex: number): Job {
	const ref = readUploadRef(context, itemIndex);
	const { partInfoList } = optionsOf(context, itemIndex);
	const parts = readParts(partInfoList || context.getNodeParameter('parts', itemIndex, {}));
	const { fileId, uploadId } = ref;
	return {
		about: { fileId, uploadId },
		run: async () => ({ json: (await getUploadUrl(client, ref, parts)).raw }),
	};
}
