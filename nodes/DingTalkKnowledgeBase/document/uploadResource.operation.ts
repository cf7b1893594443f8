import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { selectFiles, type FileSource } from '../../shared/binary';
import { badInput } from '../../shared/errors';
import { runJobs, type Job } from '../../shared/run-jobs';
import type { ResourceUploadInfoRequest } from '../api/get-resource-upload-info';
import {
	fileNameOption,
	inputDataFieldNameField,
	maxConcurrencyOption,
	timeoutOption,
} from '../fields/files';
import { documentField, operatorField } from '../fields/places';
import { optionsField, showFor } from '../fields/show';
import { storedName } from '../inputs/stored-name';
import { concurrencyOf, optionsOf, Run, timeoutOf } from '../run';
import { uploadResource } from '../upload-resource';

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
		concurrencyOf(context),
	);
}

async function plan(run: Run, itemIndex: number): Promise<Job[]> {
	const { context } = run;
	const options = optionsOf(context, itemIndex);
	const sources = await selectFiles(context, itemIndex);
	if (sources.length > 1 && options.fileName) {
		throw badInput(
			`${sources.length} files are selected, but one file name is given`,
			'Leave the option "File Name" empty, or select a single field.',
		);
	}
	const requests = sources.map((source) => ({
		source,
		resourceName: storedName(source, options.fileName),
		mediaType: readMediaType(String(options.mediaType || source.mimeType)),
	}));
	const operatorId = await run.operator(itemIndex);
	const docId = await run.document(itemIndex, operatorId);
	return requests.map(({ source, ...request }) =>
		jobOf(run, source, { ...request, docId, operatorId, size: source.size }, timeoutOf(options)),
	);
}

function jobOf(
	{ client, context }: Run,
	source: FileSource,
	info: ResourceUploadInfoRequest,
	timeout: number,
): Job {
	const { resourceName: filename, mediaType: type, size } = info;
	return {
		about: { fileName: filename, sourceField: source.field },
		run: async (signal) => {
			const request = { source, info, timeout, signal, logger: context.logger };
			const { resourceId, resourceUrl } = await uploadResource(client, request);
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
