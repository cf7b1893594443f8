import type { INodeProperties } from 'n8n-workflow';

import type { Job, Plan } from '../../shared/execution';
import { optionsField, showFor } from '../../shared/fields/show';
import { assertFitsOnePut } from '../../shared/oss';
import { getFileUploadInfo } from '../api/get-file-upload-info';
import { operatorField, parentField } from '../fields/places';
import { preferIntranetOption, preferRegionOption } from '../fields/upload-options';
import { readDestination } from '../inputs/destination';
import { checkFileName } from '../inputs/file-name';
import { readInfoOptions } from '../inputs/info-options';
import { readSize } from '../inputs/size';
import { fileNameFor } from '../inputs/stored-name';
import type { Run } from '../run';

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
export async function plan(run: Run, itemIndex: number): Promise<Plan> {
	const { context } = run;
	const given = fileNameFor(context, itemIndex);
	const name = given === '' ? undefined : checkFileName(given);
	const size = readSize(context.getNodeParameter('fileSize', itemIndex, ''));
	assertFitsOnePut(size ?? 0);
	const options = readInfoOptions(run.optionsOf(itemIndex));
	const { client, lookUps } = await run.account(itemIndex);
	const input = readDestination(context, itemIndex, client.credentials);
	const { json, binary } = context.getInputData()[itemIndex];
	const job: Job = {
		about: { fileName: name },
		effect: 'none',
		run: async () => {
			const destination = await lookUps.destination(input);
			const info = await getFileUploadInfo(client, { ...destination, name, size, ...options });
			const expiresAt = new Date(info.expiresAt).toISOString();
			return { json: { ...json, ...info.raw, expiresAt }, binary };
		},
	};
	return [job];
}
