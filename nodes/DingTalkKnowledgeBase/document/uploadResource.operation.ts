import type { INodeProperties } from 'n8n-workflow';

import { checkOneName, selectFiles, type FileSource } from '../../shared/binary';
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
import { readOption, text } from '../../shared/parameter';
import { readLocator } from '../inputs/locator';
import { type Operator, operatorField, operatorOf } from '../inputs/operator';
import { type Place, documentField, readDocument } from '../inputs/places';
import { storedName } from '../inputs/stored-name';
import type { Account, Run } from '../run';
import { uploadResource } from '../upload-resource';

const mediaTypeOption = text({
	displayName: 'Media Type',
	name: 'mediaType',
	type: 'string',
	default: '',
	placeholder: 'e.g. image/png',
	description: 'The MIME type of the file; defaults to the one that n8n detected',
});

export const description: INodeProperties[] = showFor('document', 'uploadResource', [
	operatorField,
	documentField,
	inputDataFieldNameField,
	optionsField([fileNameOption, mediaTypeOption, maxConcurrencyOption, timeoutOption]),
]);

/** Plans to upload every selected file as a resource of its item's document. */
export async function plan(run: Run, itemIndex: number): Promise<Plan> {
	const { context } = run;
	const options = run.optionsOf(itemIndex);
	const sources = await selectFiles(context, itemIndex);
	const fileName = readOption(options, fileNameOption);
	const mediaTypeGiven = readOption(options, mediaTypeOption);
	checkOneName(sources, fileName);
	const account = await run.account(itemIndex);
	const settings = {
		operator: operatorOf(context, itemIndex, account.client.credentials),
		document: readDocument(readLocator(context, documentField.name, itemIndex)),
		timeout: readOption(options, timeoutOption),
	};
	return sources.map((source) =>
		checkedJob({ fileName: source.fileName, sourceField: source.field }, () => {
			assertFitsOnePut(source.size);
			const name = storedName(source, fileName);
			const mediaType = readMediaType(mediaTypeGiven ?? source.mimeType);
			return jobOf(run, account, { ...settings, source, name, mediaType });
		}),
	);
}

interface FileRequest {
	source: FileSource;
	/** The name to store it under. */
	name: string;
	mediaType: string;
	operator: Operator;
	document: Place;
	timeout: number;
}

function jobOf(
	{ issued, context: { logger } }: Run,
	{ client, lookUps }: Account,
	{ source, name, mediaType, operator, document, timeout }: FileRequest,
): Job {
	const { size, field: sourceField } = source;
	return {
		about: { fileName: name, sourceField },
		// A failed upload leaves nothing: the ID of its resource is not given out.
		effect: 'none',
		receipt: ({ resourceId }) => ({ resourceId }),
		run: async (signal) => {
			const operatorId = await lookUps.unionId(operator);
			const docId = await lookUps.dentryUuid(document, operatorId);
			const info = { docId, operatorId, size, mediaType, resourceName: name };
			const request = { source, info, timeout, signal, logger, issued };
			const stored = await uploadResource(client, request);
			const { resourceId, resourceUrl } = stored;
			const attachment = { filename: name, size, type: mediaType, url: resourceUrl, resourceId };
			const json = { resourceId, resourceUrl, resourceName: name, mediaType, size };
			return { json: { ...json, attachment } };
		},
	};
}

/** Checks that it is a valid header value: the storage accepts exactly the requested type. */
function readMediaType(given: string): string {
	const mediaType = given.trim();
	if (/^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(?:\s*;[\x20-\x7e]*)?$/.test(mediaType)) return mediaType;
	throw badInput(
		`"${mediaType}" is not a media type`,
		'Enter one such as image/png or application/pdf in the option "Media Type".',
	);
}
