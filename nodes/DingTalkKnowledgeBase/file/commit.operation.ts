import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { badInput } from '../../shared/errors';
import type { Job, Plan } from '../../shared/execution';
import { optionsField, showFor } from '../../shared/fields/show';
import { readText } from '../../shared/options';
import { commitFile, effectOf } from '../api/commit-file';
import { operatorField, parentField } from '../fields/places';
import { commitOptions } from '../fields/upload-options';
import { readCommitOptions } from '../inputs/commit-options';
import { readDestination } from '../inputs/destination';
import { checkFileName } from '../inputs/file-name';
import { readSize } from '../inputs/size';
import { fileNameFor } from '../inputs/stored-name';
import type { Run } from '../run';
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
export async function plan(run: Run, itemIndex: number): Promise<Plan> {
	const { context } = run;
	const uploadKey = readText(context.getNodeParameter('uploadKey', itemIndex, ''), 'Upload Key');
	if (uploadKey === undefined) {
		throw badInput(
			'No upload key is given',
			'Put Get Upload Info before this node, or fill in "Upload Key" by an expression.',
		);
	}
	const name = checkFileName(fileNameFor(context, itemIndex));
	const options = run.optionsOf(itemIndex);
	const option = { ...readCommitOptions(options), size: sizeFor(context, itemIndex, options.size) };
	const { client, lookUps } = await run.account(itemIndex);
	const input = readDestination(context, itemIndex, client.credentials);
	const job: Job = {
		about: { fileName: name },
		effect: effectOf(option),
		claim: { what: 'upload key', value: uploadKey },
		receipt: ({ uuid }) => ({ uuid, uploadKey }),
		run: async (signal) => {
			const { destination, turn } = await run.order.take(name, lookUps.destination(input));
			try {
				await run.transport.orCancelled(turn.comes, signal);
				const dentry = await commitFile(client, { ...destination, uploadKey, name, option });
				return { json: { ...dentry, webUrl: webLink(client.credentials, dentry.uuid) } };
			} finally {
				turn.end();
			}
		},
	};
	return [job];
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
