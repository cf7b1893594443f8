import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';

import { selectFiles, type FileSource } from '../../shared/binary';
import { badInput } from '../../shared/errors';
import { fileNameOption, inputDataFieldNameField, timeoutOption } from '../../shared/fields/files';
import { optionsField, showFor } from '../../shared/fields/show';
import { timeoutOf } from '../../shared/options';
import { optionsOf } from '../../shared/options';
import { checkedJob, runJobs, type Job, type Refusal } from '../../shared/run-jobs';
import {
	checkNameModeOption,
	contentTypeOption,
	maxConcurrencyOption,
	partSizeOption,
	rapidUploadOption,
	resumeOption,
} from '../fields/upload-options';
import { fileNameOf } from '../inputs/file-name';
import { readId } from '../inputs/ids';
import { readCheckNameMode, readPartSize, readResume } from '../inputs/upload-options';
import { Run } from '../run';
import { partSizeFor } from '../upload/plan';
import type { UploadTask } from '../upload/task';
import { uploadFile, type UploadedFile } from '../upload/upload-file';

export const description: INodeProperties[] = showFor('file', 'upload', [
	{
		displayName: 'Drive ID',
		name: 'driveId',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. 1',
		description: 'The drive to upload to, as the PDS console or the API shows it',
	},
	{
		displayName: 'Parent Folder ID',
		name: 'parentFileId',
		type: 'string',
		default: 'root',
		required: true,
		placeholder: 'e.g. 5d5b846942cf94fa72324c14a4bda34e81da635d',
		description: 'The file ID of the folder to upload to; root is the top of the drive',
	},
	inputDataFieldNameField,
	optionsField([
		fileNameOption,
		checkNameModeOption,
		partSizeOption,
		maxConcurrencyOption,
		contentTypeOption,
		rapidUploadOption,
		resumeOption,
		timeoutOption,
	]),
]);

/** Uploads every selected file and gives one item with the completed file for each. */
export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const run = await Run.start(context);
	const planItem = async (index: number) => await plan(run, index);
	return await runJobs(context, planItem, run.concurrency, run.stop);
}

async function plan(run: Run, itemIndex: number): Promise<Array<Job | Refusal>> {
	const { context, client, concurrency, slots, sequentialDrives } = run;
	const options = optionsOf(context, itemIndex);
	const settings = {
		...{ client, concurrency, slots, sequentialDrives },
		driveId: readId(context, 'driveId', itemIndex),
		parentFileId: readId(context, 'parentFileId', itemIndex),
		checkNameMode: readCheckNameMode(options),
		rapidUpload: options.rapidUpload === true,
		resume: readResume(options),
		timeout: timeoutOf(options),
		logger: context.logger,
	};
	const sources = await selectFiles(context, itemIndex);
	if (sources.length > 1) assertForOne(sources.length, options);
	return sources.map((source) =>
		checkedJob({ fileName: source.fileName, sourceField: source.field }, () => {
			const partSize = partSizeFor(source.size, readPartSize(options));
			const name = fileNameOf(source, options.fileName);
			const contentType = String(options.contentType || source.mimeType).trim();
			return jobOf(source, { ...settings, source, partSize, name, contentType });
		}),
	);
}

function jobOf({ field, size }: FileSource, task: UploadTask): Job {
	return {
		about: { fileName: task.name, sourceField: field },
		run: async (signal) => {
			const { file, how, session } = await uploadFile({ ...task, signal });
			const upload = { ...aboutSession(session), how, bytes: size, sourceField: field };
			const said = how === 'exist' ? { exist: true } : {};
			return { json: { ...file, ...said, upload } };
		},
	};
}

function aboutSession(session: UploadedFile['session']): IDataObject {
	if (!session) return {};
	const { uploadId, partSize, parallel } = session;
	return { uploadId, partSize, parallel };
}

/** Options that name one file cannot be meant for several. */
function assertForOne(count: number, options: IDataObject): void {
	if (options.fileName) {
		throw badInput(
			`${count} files are selected, but one file name is given`,
			'Leave the option "File Name" empty, so that each file keeps its own, or select a single field.',
		);
	}
	if (readResume(options)) {
		throw badInput(
			`${count} files are selected, but one upload is to be resumed`,
			'Select the field of the file whose upload was not finished.',
		);
	}
}
