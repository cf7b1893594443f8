import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Job, Plan } from '../../shared/execution';
import { optionsField, showFor } from '../../shared/descriptions/show';
import { readOption, readParameter, required, text } from '../../shared/parameter';
import { commitFile, effectOf } from '../api/commit-file';
import type { Dentry } from '../api/dentry';
import { commitOptions, readCommitOptions } from '../inputs/commit-options';
import { readDestination } from '../inputs/destination';
import { checkFileName } from '../inputs/file-name';
import { operatorField } from '../inputs/operator';
import { parentField } from '../inputs/places';
import { size } from '../inputs/size';
import { fileNameFor, fileNameParameter } from '../inputs/stored-name';
import type { Run } from '../run';
import { webLink } from '../web-link';

const uploadKeyParameter = required(
	text({
		displayName: 'Upload Key',
		name: 'uploadKey',
		type: 'string',
		default: '={{ $json.uploadKey }}',
		required: true,
		description: 'The upload key returned by Get Upload Info',
	}),
	'No upload key is given',
	'Add Get Upload Info before this node, or set "Upload Key" with an expression.',
);

const fileNameOfCommit = fileNameParameter(
	'The name to store the file under, including the extension',
);

const sizeOption = size({
	displayName: 'File Size',
	name: 'size',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 0,
	description:
		'Size in bytes; DingTalk refuses the commit if the stored file has a different size. With 0, the size reported by a preceding Upload to OSS is used.',
});

export const option = {
	name: 'Commit File',
	value: 'commit',
	action: 'Commit a file',
	description: 'Turn the uploaded bytes into a file in a folder (step 3 of 3)',
};

export const description: INodeProperties[] = showFor('file', 'commit', [
	operatorField,
	{ ...parentField, description: 'The same folder as in Get Upload Info' },
	uploadKeyParameter.field,
	fileNameOfCommit.field,
	optionsField([...commitOptions, sizeOption]),
]);

/** Plans to commit each item's uploaded bytes as a file and to output the stored dentry. */
export async function plan(run: Run, itemIndex: number): Promise<Plan> {
	const { context } = run;
	const uploadKey = readParameter(context, itemIndex, uploadKeyParameter);
	const name = checkFileName(fileNameFor(context, itemIndex, fileNameOfCommit));
	const options = run.optionsOf(itemIndex);
	const option = { ...readCommitOptions(options), size: sizeFor(run, itemIndex, options) };
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
				const request = { ...destination, uploadKey, name, option };
				const isOwn = (dentry: Dentry) => run.committed.take(dentry, request);
				const dentry = await commitFile(client, { ...request, isOwn });
				return { json: { ...dentry, webUrl: webLink(client.credentials, dentry.uuid) } };
			} finally {
				turn.end();
			}
		},
	};
	return [job];
}

/** Returns the size that the service compares: the given one, or what Upload to OSS sent. */
function sizeFor({ context }: Run, itemIndex: number, options: IDataObject): number | undefined {
	const { oss } = context.getInputData()[itemIndex].json;
	const given = readOption(options, sizeOption);
	return given || sizeOption.read((oss as IDataObject | undefined)?.bytes);
}
