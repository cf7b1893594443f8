import type { INodeProperties } from 'n8n-workflow';

import { badInput } from '../../shared/errors';
import type { Job, Plan } from '../../shared/execution';
import {
	downloadTimeoutOption,
	maxDownloadsOption,
	outputDataFieldNameParameter,
} from '../../shared/descriptions/files';
import { optionsField, showFor } from '../../shared/descriptions/show';
import { number, readOption, readParameter, text } from '../../shared/parameter';
import { downloadFile } from '../download-file';
import { fileParameter, readFileInput } from '../inputs/file';
import { preferIntranetOption } from '../inputs/info-options';
import { maxRequestsPerSecondOption } from '../inputs/max-requests';
import { operatorField } from '../inputs/operator';
import type { Run } from '../run';
import { webLink } from '../web-link';

const fileNameOption = text({
	displayName: 'File Name',
	name: 'fileName',
	type: 'string',
	default: '',
	placeholder: 'e.g. report.pdf',
	description: 'The name to give to the file in n8n; defaults to its name in DingTalk',
});

const versionOption = number(
	{
		displayName: 'Version',
		name: 'version',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 1,
		description: 'The number of the version to download; defaults to the newest one',
	},
	(given) =>
		badInput(
			`"Version" cannot be ${given}`,
			'Enter the number of a version, 1 or more, or remove the option to download the newest one.',
		),
);

export const option = {
	name: 'Download File',
	value: 'download',
	action: 'Download a file',
	description: 'Download a file into a binary field of the item',
};

export const description: INodeProperties[] = showFor('file', 'download', [
	operatorField,
	fileParameter.field,
	outputDataFieldNameParameter.field,
	optionsField([
		fileNameOption,
		versionOption,
		preferIntranetOption,
		maxDownloadsOption,
		maxRequestsPerSecondOption,
		downloadTimeoutOption,
	]),
]);

/** Plans to download each item's file, and to output what is known of it with its bytes. */
export async function plan(run: Run, itemIndex: number): Promise<Plan> {
	const { context } = run;
	const { client, lookUps } = await run.account(itemIndex);
	const options = run.optionsOf(itemIndex);
	const input = readFileInput(context, itemIndex, client.credentials);
	const field = readParameter(context, itemIndex, outputDataFieldNameParameter);
	const settings = {
		known: input.known,
		fileName: readOption(options, fileNameOption),
		version: readOption(options, versionOption),
		preferIntranet: readOption(options, preferIntranetOption),
		timeout: readOption(options, downloadTimeoutOption),
	};
	const fileName = settings.fileName ?? input.known?.name;
	const job: Job = {
		about: fileName === undefined ? {} : { fileName },
		effect: 'none',
		run: async (signal) => {
			const file = await lookUps.dentry(input);
			const request = { ...settings, file, signal };
			const { dentry, binary, download } = await downloadFile(context, client, request);
			const { dentryUuid: uuid, dentryId: id, spaceId } = file;
			const webUrl = webLink(client.credentials, uuid);
			return {
				json: { ...dentry, uuid, id, spaceId, webUrl, download },
				binary: { ...context.getInputData()[itemIndex].binary, [field]: binary },
			};
		},
	};
	return [job];
}
