import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { checkOneName, selectFiles } from '../../shared/binary';
import { badInput, type UploadError } from '../../shared/errors';
import { checkedJob, type Job, type Plan } from '../../shared/execution';
import {
	fileNameOption,
	inputDataFieldNameField,
	timeoutOption,
} from '../../shared/descriptions/files';
import { optionsField, showFor } from '../../shared/descriptions/show';
import { readOption } from '../../shared/parameter';
import { fileNameOf } from '../inputs/file-name';
import {
	parentFolderField,
	readDriveId,
	readParentFileId,
	targetDriveField,
} from '../inputs/places';
import {
	checkNameModeOption,
	contentTypeOption,
	maxConcurrencyOption,
	partSizeOption,
	rapidUploadOption,
	resumeOption,
} from '../inputs/upload-options';
import type { Run } from '../run';
import { partSizeFor } from '../upload/plan';
import type { UploadTask } from '../upload/task';
import { resumableIn, uploadFile, type UploadedFile } from '../upload/upload-file';

export const description: INodeProperties[] = showFor('file', 'upload', [
	targetDriveField,
	parentFolderField,
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

/** Plans to upload every selected file and to output one item with the completed file for each. */
export async function plan(run: Run, itemIndex: number): Promise<Plan> {
	const { context, concurrency, buffers, issued } = run;
	const options = run.optionsOf(itemIndex);
	const settings = {
		driveId: readDriveId(context, itemIndex),
		parentFileId: readParentFileId(context, itemIndex),
		checkNameMode: readOption(options, checkNameModeOption),
		rapidUpload: readOption(options, rapidUploadOption),
		resume: readOption(options, resumeOption),
		timeout: readOption(options, timeoutOption),
		logger: context.logger,
	};
	const fileName = readOption(options, fileNameOption);
	const contentType = readOption(options, contentTypeOption);
	const sources = await selectFiles(context, itemIndex);
	checkOneName(sources, fileName);
	if (sources.length > 1) assertNoneResumed(sources.length, options);
	const account = await run.account(itemIndex);
	return sources.map((source) =>
		checkedJob({ fileName: source.fileName, sourceField: source.field }, () => {
			const partSize = partSizeFor(source.size, readOption(options, partSizeOption));
			const name = fileNameOf(source, fileName);
			const type = contentType ?? source.mimeType;
			const file = { source, partSize, name, contentType: type, concurrency, buffers, issued };
			return jobOf(run, source.field, { ...account, ...settings, ...file });
		}),
	);
}

function jobOf(run: Run, sourceField: string, task: Omit<UploadTask, 'signal'>): Job {
	return {
		about: { fileName: task.name, sourceField },
		// An upload that may be complete is looked for before anything is sent again.
		effect: 'idempotent',
		receipt: ({ file_id: fileId }) => ({ fileId }),
		run: async (signal, earlier) => {
			// Taken before anything is awaited: jobs start in the order of the items.
			const turn = isOrdered(task) ? run.names.take(nameKey(task)) : undefined;
			try {
				if (turn) await run.transport.orCancelled(turn.comes, signal);
				const uploaded = await uploadFile({ ...task, ...leftBy(task, earlier), signal });
				return { json: outputOf(uploaded, task.source.size, sourceField) };
			} finally {
				turn?.end();
			}
		},
	};
}

/**
 * Whether uploads of the same name must run one after another. The service checks the name when an
 * upload starts, so the next one must wait until the previous one has ended.
 */
function isOrdered({ checkNameMode }: Pick<UploadTask, 'checkNameMode'>): boolean {
	return checkNameMode !== undefined && checkNameMode !== 'ignore';
}

function nameKey({ client, driveId, parentFileId, name }: Omit<UploadTask, 'signal'>): string {
	const { apiBaseUrl } = client.credentials;
	return JSON.stringify([apiBaseUrl, driveId, parentFileId, name.toLowerCase()]);
}

/**
 * Returns what a second try of the node continues with.
 *
 * @throws {UploadError} when that might create a second file
 */
function leftBy(
	{ resume }: Omit<UploadTask, 'signal'>,
	earlier: UploadError | undefined,
): Pick<UploadTask, 'resume' | 'unknown'> {
	const left = resumableIn(earlier);
	const unknown = earlier?.facts.outcome === 'unknown' ? earlier : undefined;
	if (unknown && !left) throw unknown;
	return { resume: left ?? resume, unknown };
}

function outputOf({ file, how, session }: UploadedFile, bytes: number, sourceField: string) {
	const said = how === 'exist' ? { exist: true } : {};
	return { ...file, ...said, upload: { ...aboutSession(session), how, bytes, sourceField } };
}

function aboutSession(session: UploadedFile['session']): IDataObject {
	if (!session) return {};
	const { uploadId, partSize, parallel } = session;
	return { uploadId, partSize, parallel };
}

/** Refuses to resume one upload for several files. */
function assertNoneResumed(count: number, options: IDataObject): void {
	if (!readOption(options, resumeOption)) return;
	throw badInput(
		`${count} files are selected, but only one upload can be resumed`,
		'Select the field of the file whose upload is unfinished.',
	);
}
