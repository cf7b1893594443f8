import type {
	IDataObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	IN8nHttpFullResponse,
	INodeExecutionData,
	INodeType,
} from 'n8n-workflow';
import { Readable } from 'node:stream';

import { n8nWorkflow } from '../n8n';
import { describe, properties } from './describe';

interface Pair {
	name: string;
	value: string;
}

interface Options {
	response?: { response?: { responseFormat?: string; outputPropertyName?: string } };
	timeout?: number;
}

/**
 * HTTP Request 4.x: a request per item, query and header parameters, a JSON body, a response as
 * JSON or as file, and "predefined credential type" through n8n's own authentication helper.
 */
export class HttpRequest implements INodeType {
	description = describe('httpRequest', 'HTTP Request', {
		group: ['output'],
		version: [3, 4, 4.1, 4.2, 4.3, 4.4],
		properties: properties({
			method: 'GET',
			url: '',
			authentication: 'none',
			nodeCredentialType: '',
			headerParameters: {},
			queryParameters: {},
			sendBody: false,
			jsonBody: '',
			bodyParameters: {},
			options: {},
		}),
	});

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const items: INodeExecutionData[] = [];
		for (const index of this.getInputData().keys()) {
			try {
				items.push(...(await requestItem(this, index)));
			} catch (error) {
				if (!this.continueOnFail()) {
					throw new n8nWorkflow.NodeApiError(this.getNode(), error as never, { itemIndex: index });
				}
				const { message } = error as Error;
				items.push({ json: { error: message }, pairedItem: { item: index } });
			}
		}
		return [items];
	}
}

async function requestItem(
	context: IExecuteFunctions,
	index: number,
): Promise<INodeExecutionData[]> {
	const parameter = <T>(name: string, fallback: T) =>
		context.getNodeParameter(name, index, fallback as never) as unknown as T;
	const { response: wanted, timeout } = parameter<Options>('options', {});
	const asFile = wanted?.response?.responseFormat === 'file';
	const field = wanted?.response?.outputPropertyName ?? 'data';
	const request: IHttpRequestOptions = {
		method: parameter<IHttpRequestOptions['method']>('method', 'GET'),
		url: parameter('url', ''),
		headers: toObject(parameter<Pair[]>('headerParameters.parameters', [])),
		qs: toObject(parameter<Pair[]>('queryParameters.parameters', [])),
		returnFullResponse: true,
		...(timeout === undefined ? {} : { timeout }),
		...(asFile ? { encoding: 'stream' as const } : { json: true }),
	};
	if (parameter('sendBody', false)) {
		const body = parameter<string | IDataObject>('jsonBody', '');
		request.body =
			body === ''
				? toObject(parameter<Pair[]>('bodyParameters.parameters', []))
				: typeof body === 'string'
					? (JSON.parse(body) as IDataObject)
					: body;
	}
	const answer = await send(context, request, parameter('authentication', 'none'), index);
	const pairedItem = { item: index };
	if (!asFile) {
		const bodies = [answer.body].flat() as IDataObject[];
		return bodies.map((json) => ({ json, pairedItem }));
	}
	const type = String(answer.headers['content-type'] ?? '').split(';')[0] || undefined;
	const file = await context.helpers.prepareBinaryData(
		answer.body as Buffer | Readable,
		fileNameOf(answer, request.url),
		type,
	);
	return [{ json: context.getInputData()[index].json, binary: { [field]: file }, pairedItem }];
}

async function send(
	context: IExecuteFunctions,
	request: IHttpRequestOptions,
	authentication: string,
	index: number,
): Promise<IN8nHttpFullResponse> {
	if (authentication === 'none') {
		return (await context.helpers.httpRequest(request)) as IN8nHttpFullResponse;
	}
	if (authentication !== 'predefinedCredentialType') {
		throw new Error(`The HTTP Request stand-in has no authentication "${authentication}"`);
	}
	const type = context.getNodeParameter('nodeCredentialType', index) as string;
	return (await context.helpers.httpRequestWithAuthentication.call(
		context,
		type,
		request,
	)) as IN8nHttpFullResponse;
}

function toObject(pairs: Pair[]): Record<string, string> {
	return Object.fromEntries(pairs.map(({ name, value }) => [name, value]));
}

function fileNameOf({ headers }: IN8nHttpFullResponse, url: string): string | undefined {
	const disposition = String(headers['content-disposition'] ?? '');
	const [, encoded] = /filename\*=UTF-8''([^;]+)/i.exec(disposition) ?? [];
	const [, plain] = /filename="?([^";]+)"?/i.exec(disposition) ?? [];
	if (encoded) return decodeURIComponent(encoded);
	return plain ?? (decodeURIComponent(new URL(url).pathname.split('/').at(-1) ?? '') || undefined);
}
