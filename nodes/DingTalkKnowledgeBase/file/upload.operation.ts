import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { checkOneName, selectFiles, textSource, type FileSource } from '../../shared/binary';
import { badInput } from '../../shared/errors';
import { checkedJob, type Job, type Plan } from '../../shared/execution';
import {
	fileNameOption,
	inputDataFieldNameField,
	maxConcurrencyOption,
	timeoutOption,
} from '../../shared/descriptions/files';
import { optionsField, showFor } from '../../shared/descriptions/show';
import { assertFitsOnePut } from '../../shared/oss';
import { readOption } from '../../shared/parameter';
import { effectOf } from '../api/commit-file';
import { commitOptions, readCommitOptions } from '../inputs/commit-options';
import { contentOption } from '../inputs/content';
import { readDestination, type DestinationInput } from '../inputs/destination';
import { folderPathOption } from '../inputs/folder-path';
import { infoOptions, readInfoOptions } from '../inputs/info-options';
import { maxRequestsPerSecondOption } from '../inputs/max-requests';
import { operatorField } from '../inputs/operator';
import { knowledgeBaseField, parentOfKnowledgeBaseField } from '../inputs/places';
import { storedName } from '../inputs/stored-name';
import type { Account, Run } from '../run';
import { uploadFile, type UploadRequest } from '../upload-file';
import { webLink } from '../web-link';

export const description: INodeProperties[] = showFor('file', 'upload', [
	operatorField,
	knowledgeBaseField,
	parentOfKnowledgeBaseField,
	inputDataFieldNameField,
	optionsField([
		fileNameOption,
		contentOption,
		folderPathOption,
		...commitOptions,
		...infoOptions,
		maxConcurrencyOption,
		maxRequestsPerSecondOption,
		timeoutOption,
	]),
]);

/** Plans to upload every selected file and to output one item with the stored dentry for each. */
export async function plan(run: Run, itemIndex: number): Promise<Plan> {
	const { context } = run;
	const options = run.optionsOf(itemIndex);
	const fileName = readOption(options, fileNameOption);
	const sources = await sourcesOf(context, itemIndex, options, fileName);
	checkOneName(sources, fileName);
	const settings = {
		commit: readCommitOptions(options),
		infoOptions: readInfoOptions(options),
		timeout: readOption(options, timeoutOption),
	};
	const account = await run.account(itemIndex);
	const input = readDestination(context, itemIndex, account.client.credentials, {
		knowledgeBase: true,
		options,
	});
	return sources.map((source) =>
		checkedJob({ fileName: source.fileName, sourceField: source.field }, () => {
			assertFitsOnePut(source.size);
			return jobOf(run, account, {
				...settings,
				input,
				source,
				name: storedName(source, fileName),
			});
		}),
	);
}

/** Returns the item's files, or the text that is to become one. */
async function sourcesOf(
	context: IExecuteFunctions,
	itemIndex: number,
	options: IDataObject,
	fileName: string | undefined,
): Promise<FileSource[]> {
	if (!(contentOption.field.name in options)) return await selectFiles(context, itemIndex);
	const content = readOption(options, contentOption);
	if (!fileName) {
		throw badInput(
			'The text to upload has no file name',
			'Add the option "File Name", e.g. note.txt or note.md.',
		);
	}
	return [textSource(itemIndex, content)];
}

interface FileRequest extends Pick<UploadRequest, 'commit' | 'timeout'> {
	source: FileSource;
	/** The name to store it under. */
	name: string;
	input: DestinationInput;
	infoOptions: ReturnType<typeof readInfoOptions>;
}

function jobOf(
	{ order, issued, committed, context: { logger } }: Run,
	{ client, lookUps }: Account,
	{ source, name, input, infoOptions, commit, timeout }: FileRequest,
): Job {
	const sourceField = source.field;
	return {
		about: { fileName: name, sourceField },
		effect: effectOf(commit),
		receipt: ({ uuid, upload }) => ({ uuid, uploadKey: (upload as IDataObject).uploadKey }),
		run: async (signal) => {
			const { destination, turn } = await order.take(name, lookUps.destination(input));
			try {
				const info = { ...destination, name, size: source.size, ...infoOptions };
				const known = { issued, committed, turn };
				const request = { source, info, commit, timeout, signal, logger, ...known };
				const { dentry, ...upload } = await uploadFile(client, request);
				const webUrl = webLink(client.credentials, dentry.uuid);
				return { json: { ...dentry, webUrl, upload: { ...upload, sourceField } } };
			} finally {
				turn.end();
			}
		},
	};
}
