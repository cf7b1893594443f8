import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';

import { checkOneName, selectFiles, textSource, type FileSource } from '../../shared/binary';
import { badInput } from '../../shared/errors';
import {
	contentOption,
	fileNameOption,
	folderPathOption,
	inputDataFieldNameField,
	maxConcurrencyOption,
	maxRequestsPerSecondOption,
	timeoutOption,
} from '../../shared/fields/files';
import { optionsField, showFor } from '../../shared/fields/show';
import { concurrencyOf, optionsOf, readText, timeoutOf } from '../../shared/options';
import { checkedJob, runJobs, type Job, type Refusal } from '../../shared/run-jobs';
import type { Turn } from '../../shared/turns';
import type { DingTalkClient } from '../api/client';
import { knowledgeBaseField, operatorField, parentOfKnowledgeBaseField } from '../fields/places';
import { commitOptions, preferIntranetOption, preferRegionOption } from '../fields/upload-options';
import { readCommitOptions } from '../inputs/commit-options';
import { readFolderPath } from '../inputs/folder-path';
import { readInfoOptions } from '../inputs/info-options';
import { readLocator } from '../inputs/locator';
import { storedName } from '../inputs/stored-name';
import { DEFAULT_CONCURRENCY, Run } from '../run';
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
		preferRegionOption,
		preferIntranetOption,
		maxConcurrencyOption,
		maxRequestsPerSecondOption,
		timeoutOption,
	]),
]);

/** Uploads every selected file and gives one item with the stored dentry for each. */
export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const run = await Run.start(context);
	return await runJobs(
		context,
		async (itemIndex) => await plan(run, itemIndex),
		concurrencyOf(context, DEFAULT_CONCURRENCY),
		run.stop,
	);
}

async function plan(run: Run, itemIndex: number): Promise<Array<Job | Refusal>> {
	const { context } = run;
	const options = optionsOf(context, itemIndex);
	const fileName = readText(options.fileName, 'File Name');
	const sources = await sourcesOf(context, itemIndex, options, fileName);
	checkOneName(sources, fileName);
	const commit = readCommitOptions(options);
	const infoOptions = readInfoOptions(options);
	const folderNames = readFolderPath(options.folderPath);
	const operator = run.operator(itemIndex);
	const knowledgeBase = readLocator(context, 'knowledgeBase', itemIndex);
	const parent = run.parent(itemIndex, knowledgeBase);
	const place = [knowledgeBase, readLocator(context, 'parent', itemIndex), folderNames];
	const target = async (): Promise<Target> => {
		const unionId = await operator();
		const folder = await run.folder(await parent(unionId), folderNames, unionId);
		return { unionId, parentDentryUuid: folder };
	};
	const settings = { commit, timeout: timeoutOf(options), logger: context.logger };
	return sources.map((source) =>
		checkedJob({ fileName: source.fileName, sourceField: source.field }, () => {
			const name = storedName(source, fileName);
			const info = { name, size: source.size, ...infoOptions };
			const takeTurn = () => run.turns.take(JSON.stringify([place, name.toLowerCase()]));
			return jobOf(run.client, { ...settings, source, info, takeTurn }, target);
		}),
	);
}

/** The item's files, or the text that is to become one. */
async function sourcesOf(
	context: IExecuteFunctions,
	itemIndex: number,
	options: IDataObject,
	fileName: string | undefined,
): Promise<FileSource[]> {
	if (!('content' in options)) return await selectFiles(context, itemIndex);
	const { content } = options;
	if (typeof content !== 'string' || content === '') {
		throw badInput(
			typeof content === 'object' && content !== null
				? 'The text to upload is not a text'
				: 'The text to upload is empty',
			'Give the whole text of the file in the option "Text Content", or remove the option.',
		);
	}
	if (!fileName) {
		throw badInput(
			'The text to upload has no file name',
			'Add the option "File Name", e.g. note.txt or note.md.',
		);
	}
	return [textSource(itemIndex, content)];
}

/** Where the file goes, and in whose name. */
type Target = Pick<UploadRequest['info'], 'unionId' | 'parentDentryUuid'>;

interface FileRequest extends Omit<UploadRequest, 'info' | 'turn'> {
	source: FileSource;
	info: Omit<UploadRequest['info'], keyof Target>;
	/** The turn among the files of this name in this folder. */
	takeTurn: () => Turn;
}

function jobOf(
	client: DingTalkClient,
	{ info, source, takeTurn, ...request }: FileRequest,
	target: () => Promise<Target>,
): Job {
	const sourceField = source.field;
	return {
		about: { fileName: info.name, sourceField },
		run: async (signal) => {
			// Taken before anything is awaited: jobs begin in the order of the items.
			const turn = takeTurn();
			try {
				const fullInfo = { ...info, ...(await target()) };
				const file = { ...request, source, info: fullInfo, signal, turn };
				const { dentry, ...upload } = await uploadFile(client, file);
				const webUrl = webLink(client.credentials, dentry.uuid);
				return { json: { ...dentry, webUrl, upload: { ...upload, sourceField } } };
			} finally {
				turn.end();
			}
		},
	};
}
