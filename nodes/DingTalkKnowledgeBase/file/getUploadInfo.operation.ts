import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { optionsField, showFor } from '../../shared/fields/show';
import { concurrencyOf, optionsOf } from '../../shared/options';
import { runJobs, type Job } from '../../shared/run-jobs';
import { getFileUploadInfo } from '../api/get-file-upload-info';
import { operatorField, parentField } from '../fields/places';
import { preferIntranetOption, preferRegionOption } from '../fields/upload-options';
import { checkFileName } from '../inputs/file-name';
import { readInfoOptions } from '../inputs/info-options';
import { readSize } from '../inputs/size';
import { fileNameFor } from '../inputs/stored-name';
import { DEFAULT_CONCURRENCY, Run } from '../run';

export const description: INodeProperties[] = showFor('file', 'getUploadInfo', [
	operatorField,
	parentField,
	{
		displayName: 'File Name',
		name: 'fileName',
		type: 'string',
		default: '={{ $binary.data?.fileName }}',
		placeholder: 'e.g. report.pdf',
		description: 'Checked by DingTalk before the upload; leave empty to skip the check',
	},
	{
		displayName: 'File Size',
		name: 'fileSize',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: '',
		placeholder: 'Leave empty to skip the check',
		description: 'Bytes; checked against the space that is left. Leave empty to skip the check.',
	},
	optionsField([preferRegionOption, preferIntranetOption]),
]);

/** Gives the service's answer for each item, with the item's JSON and files passed on. */
export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const run = await Run.start(context);
	return await runJobs(
		context,
		async (itemIndex) => [await plan(run, itemIndex)],
		concurrencyOf(context, DEFAULT_CONCURRENCY),
		run.stop,
	);
}

async function plan(run: Run, itemIndex: number): Promise<Job> {
	const { context, client } = run;
	const given = fileNameFor(context, itemIndex);
	const name = given === '' ? undefined : checkFileName(given);
	const size = readSize(context.getNodeParameter('fileSize', itemIndex, ''));
	const options = readInfoOptions(optionsOf(context, itemIndex));
	const operator = run.operator(itemIndex);
	const parent = run.parent(itemIndex);
	const { json, binary } = context.getInputData()[itemIndex];
	return {
		about: { fileName: name },
		run: async () => {
			const unionId = await operator();
			const parentDentryUuid = await parent(unionId);
			const request = { parentDentryUuid, unionId, name, size, ...options };
			const { raw, expiresAt } = await getFileUploadInfo(client, request);
			return { json: { ...json, ...raw, expiresAt: new Date(expiresAt).toISOString() }, binary };
		},
	};
}
