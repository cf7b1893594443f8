import type { INodeProperties } from 'n8n-workflow';

import type { Job, Plan } from '../../shared/execution';
import { optionsField, showFor } from '../../shared/descriptions/show';
import { assertFitsOnePut } from '../../shared/oss';
import { readParameter } from '../../shared/parameter';
import { getFileUploadInfo } from '../api/get-file-upload-info';
import { readDestination } from '../inputs/destination';
import { checkFileName } from '../inputs/file-name';
import { infoOptions, readInfoOptions } from '../inputs/info-options';
import { operatorField } from '../inputs/operator';
import { parentField } from '../inputs/places';
import { size } from '../inputs/size';
import { fileNameFor, fileNameParameter } from '../inputs/stored-name';
import type { Run } from '../run';

const fileNameToCheck = fileNameParameter(
	'The file name for DingTalk to check before the upload. Leave empty to skip the check.',
);

const fileSize = size({
	displayName: 'File Size',
	name: 'fileSize',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: '',
	placeholder: 'Leave empty to skip the check',
	description:
		'Size in bytes for DingTalk to check against the available space. Leave empty to skip the check.',
});

export const description: INodeProperties[] = showFor('file', 'getUploadInfo', [
	operatorField,
	parentField,
	fileNameToCheck.field,
	fileSize.field,
	optionsField(infoOptions),
]);

/**
 * Plans to output the service's response for each item, together with the item's JSON and files.
 */
export async function plan(run: Run, itemIndex: number): Promise<Plan> {
	const { context } = run;
	const given = fileNameFor(context, itemIndex, fileNameToCheck);
	const name = given === '' ? undefined : checkFileName(given);
	const bytes = readParameter(context, itemIndex, fileSize);
	assertFitsOnePut(bytes ?? 0);
	const options = readInfoOptions(run.optionsOf(itemIndex));
	const { client, lookUps } = await run.account(itemIndex);
	const input = readDestination(context, itemIndex, client.credentials);
	const { json, binary } = context.getInputData()[itemIndex];
	const job: Job = {
		about: { fileName: name },
		effect: 'none',
		run: async () => {
			const destination = await lookUps.destination(input);
			const request = { ...destination, name, size: bytes, ...options };
			const info = await getFileUploadInfo(client, request);
			const expiresAt = new Date(info.expiresAt).toISOString();
			return { json: { ...json, ...info.raw, expiresAt }, binary };
		},
	};
	return [job];
}
