import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { checkOneName, selectFiles, type FileSource } from '../../shared/binary';
import { badInput } from '../../shared/errors';
import {
	fileNameOption,
	inputDataFieldNameField,
	maxConcurrencyOption,
	timeoutOption,
} from '../../shared/fields/files';
import { optionsField, showFor } from '../../shared/fields/show';
import { concurrencyOf, optionsOf, readText, timeoutOf } from '../../shared/options';
import { checkedJob, runJobs, type Job, type Refusal } from '../../shared/run-jobs';
import type { DingTalkClient } from '../api/client';
import type { ResourceUploadInfoRequest } from '../api/get-resource-upload-info';
import { documentField, operatorField } from '../fields/places';
import { storedName } from '../inputs/stored-name';
import { DEFAULT_CONCURRENCY, Run } from '../run';
import { uploadResource, type ResourceUploadRequest } from '../upload-resource';

export const description: INodeProperties[] = showFor('document', 'uploadResource', [
	operatorField,
	documentField,
	inputDataFieldNameField,
	optionsField([
		fileNameOption,
		{
			displayName: 'Media Type',
			name: 'mediaType',
			type: 'string',
			default: '',
			placeholder: 'e.g. image/png',
			description: 'The MIME type of the file; by default the one that n8n found',
		},
		maxConcurrencyOption,
		timeoutOption,
	]),
]);

/** Uploads every selected file as a resource of its item's document. */
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
	const sources = await selectFiles(context, itemIndex);
	const fileName = readText(options.fileName, 'File Name');
	const mediaTypeGiven = readText(options.mediaType, 'Media Type');
	checkOneName(sources, fileName);
	const operator = run.operator(itemIndex);
	const document = run.document(itemIndex);
	const target = async (): Promise<Target> => {
		const operatorId = await operator();
		return { operatorId, docId: await document(operatorId) };
	};
	const settings = { timeout: timeoutOf(options), logger: context.logger };
	return sources.map((source) =>
		checkedJob({ fileName: source.fileName, sourceField: source.field }, () => {
			const resourceName = storedName(source, fileName);
			const mediaType = readMediaType(mediaTypeGiven ?? source.mimeType);
			const info = { resourceName, mediaType, size: source.size };
			return jobOf(run.client, { ...settings, source, info }, target);
		}),
	);
}

/** Which document gets the file, and in whose name. */
type Target = Pick<ResourceUploadInfoRequest, 'docId' | 'operatorId'>;

interface FileRequest extends Omit<ResourceUploadRequest, 'info'> {
	source: FileSource;
	info: Omit<ResourceUploadInfoRequest, keyof Target>;
}

function jobOf(
	client: DingTalkClient,
	{ info, source, ...request }: FileRequest,
	target: () => Promise<Target>,
): Job {
	const { resourceName: filename, mediaType: type, size } = info;
	return {
		about: { fileName: filename, sourceField: source.field },
		run: async (signal) => {
			const fullInfo = { ...info, ...(await target()) };
			const stored = await uploadResource(client, { ...request, source, info: fullInfo, signal });
			const { resourceId, resourceUrl } = stored;
			const attachment = { filename, size, type, url: resourceUrl, resourceId };
			const json = { resourceId, resourceUrl, resourceName: filename, mediaType: type, size };
			return { json: { ...json, attachment } };
		},
	};
}

/** The storage takes exactly the type that was asked for, so it has to be a header's value. */
function readMediaType(given: string): string {
	const mediaType = given.trim();
	if (/^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(?:\s*;[\x20-\x7e]*)?$/.test(mediaType)) return mediaType;
	throw badInput(
		`"${mediaType}" is not a media type`,
		'Enter one such as image/png or application/pdf in the option "Media Type".',
	);
}
