import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';

import { badInput } from '../../shared/errors';
import { optionsField, showFor } from '../../shared/fields/show';
import { concurrencyOf, optionsOf, readText } from '../../shared/options';
import { runJobs, type Job } from '../../shared/run-jobs';
import { commitFile } from '../api/commit-file';
import { operatorField, parentField } from '../fields/places';
import { commitOptions } from '../fields/upload-options';
import { readCommitOptions } from '../inputs/commit-options';
import { checkFileName } from '../inputs/file-name';
import { readSize } from '../inputs/size';
import { fileNameFor } from '../inputs/stored-name';
import { DEFAULT_CONCURRENCY, Run } from '../run';
import { webLink } from '../web-link';

export const description: INodeProperties[] = showFor('file', 'commit', [
	operatorField,
	{ ...parentField, description: 'The same folder as in Get Upload Info' },
	{
		displayName: 'Upload Key',
		name: 'uploadKey',
		type: 'string',
		default: '={{ $json.uploadKey }}',
		required: true,
		description: 'The key that Get Upload Info gave',
	},
	{
		displayName: 'File Name',
		name: 'fileName',
		type: 'string',
		default: '={{ $binary.data?.fileName }}',
		placeholder: 'e.g. report.pdf',
		description: 'The name to store the file under, with extension',
	},
	optionsField([
		...commitOptions,
		{
			displayName: 'Size',
			name: 'size',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 0,
			description:
				'Bytes; DingTalk refuses the commit when the stored file has another size. 0: what Upload to OSS has sent, if it came before.',
		},
	]),
]);

/** Makes each item's uploaded bytes a file and gives the stored dentry. */
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
	const uploadKey = readText(context.getNodeParameter('uploadKey', itemIndex, ''), 'Upload Key');
	if (uploadKey === undefined) {
		throw badInput(
			'No upload key is given',
			'Put Get Upload Info before this node, or fill in "Upload Key" by an expression.',
		);
	}
	const name = checkFileName(fileNameFor(context, itemIndex));
	const options = optionsOf(context, itemIndex);
	const option = { ...readCommitOptions(options), size: sizeFor(context, itemIndex, options.size) };
	const operator = run.operator(itemIndex);
	const parent = run.parent(itemIndex);
	return {
		about: { fileName: name },
		run: async () => {
			const unionId = await operator();
			const parentDentryUuid = await parent(unionId);
			const request = { parentDentryUuid, unionId, uploadKey, name, option };
			const dentry = await commitFile(client, request);
			return { json: { ...dentry, webUrl: webLink(client.credentials, dentry.uuid) } };
		},
	};
}

/** What the service is to compare: the given size, or what Upload to OSS has sent. */
function sizeFor(
	context: IExecuteFunctions,
	itemIndex: number,
	given: unknown,
): number | undefined {
	const { oss } = context.getInputData()[itemIndex].json;
	return readSize(given) || readSize((oss as IDataObject | undefined)?.bytes);
}
