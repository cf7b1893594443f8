import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { selectFiles } from '../../shared/binary';
import { anyText, record } from '../../shared/decode';
import { badInput, type UploadError } from '../../shared/errors';
import type { Job, Plan } from '../../shared/execution';
import { inputDataFieldNameField, timeoutOption } from '../../shared/descriptions/files';
import { optionsField, showFor } from '../../shared/descriptions/show';
import { readText } from '../../shared/options';
import { assertFitsOnePut, putFile, unsendableHeader, type SignedTarget } from '../../shared/oss';
import { json, readOption, readParameter, text, type Parameter } from '../../shared/parameter';
import { parseUrl } from '../../shared/web-address';
import type { Run } from '../run';
import { headerSignedTarget } from '../signed-target';

const resourceUrlParameter: Parameter<string> = {
	field: {
		displayName: 'Resource URL',
		name: 'resourceUrl',
		type: 'string',
		default: '={{ $json.headerSignatureInfo.resourceUrls[0] }}',
		required: true,
		description: 'The upload address returned by Get Upload Info, the first entry of resourceUrls',
	},
	read: readResourceUrl,
};

const signedHeaders = json(
	{
		displayName: 'Headers',
		name: 'headers',
		type: 'json',
		default: '={{ $json.headerSignatureInfo.headers }}',
		required: true,
		description: 'The signed headers returned by Get Upload Info; sent unchanged',
	},
	notHeaders,
);

const headersParameter: Parameter<Record<string, string>> = {
	field: signedHeaders.field,
	read: (value) => readHeaders(signedHeaders.read(value)),
};

const contentTypeOption = text({
	displayName: 'Content Type',
	name: 'contentType',
	type: 'string',
	default: '',
	description:
		'Leave empty. DingTalk signs the headers with an empty content type, and the storage refuses any other.',
});

export const description: INodeProperties[] = showFor('file', 'uploadToOss', [
	resourceUrlParameter.field,
	headersParameter.field,
	{
		...inputDataFieldNameField,
		hint: 'The name of the input binary field containing the file to be uploaded',
		description: 'Exactly one field, because an upload address accepts one file',
	},
	optionsField([timeoutOption, contentTypeOption]),
]);

/** Plans to send each item's file to the storage, and to add the response to the item. */
export async function plan(run: Run, itemIndex: number): Promise<Plan> {
	const { context, transport } = run;
	const options = run.optionsOf(itemIndex);
	const target = readTarget(run, itemIndex, options);
	const sources = await selectFiles(context, itemIndex);
	if (sources.length > 1) throw oneUrlForMany(sources.length);
	const [source] = sources;
	assertFitsOnePut(source.size);
	const { json, binary } = context.getInputData()[itemIndex];
	const fileName = source.fileName ?? source.field;
	const job: Job = {
		about: { fileName, sourceField: source.field },
		effect: 'none',
		claim: { what: 'resource URL', value: new URL(target.url).href },
		run: async (signal) => {
			const { status, eTag, requestId, bytes } = await putFile(source, {
				target,
				transport,
				step: 'uploadToOss',
				fileName,
				timeout: readOption(options, timeoutOption),
				signal,
				logger: context.logger,
			});
			const oss = { status, eTag, requestId, bytes, fileName: source.fileName };
			return { json: { ...json, oss }, binary };
		},
	};
	return [job];
}

function readTarget({ context }: Run, itemIndex: number, options: IDataObject): SignedTarget {
	const contentType = readOption(options, contentTypeOption);
	const url = readParameter(context, itemIndex, resourceUrlParameter);
	if (contentType) checkHeaders({ 'Content-Type': contentType });
	const headers = readParameter(context, itemIndex, headersParameter);
	return headerSignedTarget(url, headers, { contentType, expiresAt: Infinity });
}

/** Reads the address, or the first one of a list. */
function readResourceUrl(given: unknown): string {
	const first: unknown = Array.isArray(given) ? given[0] : given;
	const url = readText(first, resourceUrlParameter.field.displayName) ?? '';
	if (url === '') {
		throw badInput(
			'No upload address is given',
			'Add Get Upload Info before this node, or set "Resource URL" with an expression.',
		);
	}
	if (isWebAddress(url)) return url;
	throw badInput(
		'The resource URL is not a web address',
		'Use the first entry of headerSignatureInfo.resourceUrls from Get Upload Info.',
	);
}

function isWebAddress(text: string): boolean {
	const url = /^https?:\/\/\S+$/i.test(text) ? parseUrl(text) : undefined;
	return url !== undefined && url.username === '' && url.password === '';
}

function readHeaders(given: unknown): Record<string, string> {
	const headers = record(anyText)(given) ?? {};
	if (Object.keys(headers).length === 0) throw notHeaders();
	checkHeaders(headers);
	return headers;
}

function notHeaders(): UploadError {
	return badInput(
		'The signed headers are not an object of texts',
		'Use the field headerSignatureInfo.headers from Get Upload Info unchanged.',
	);
}

function checkHeaders(headers: Record<string, string>): void {
	const name = unsendableHeader(headers);
	if (name === undefined) return;
	throw badInput(
		`The header "${name}" cannot be sent`,
		'Use the field headerSignatureInfo.headers from Get Upload Info unchanged.',
	);
}

function oneUrlForMany(count: number) {
	return badInput(
		`${count} files are selected, but an upload address accepts one file`,
		'Select a single binary field, or use the operation Upload File, which gets an address for each file.',
	);
}
