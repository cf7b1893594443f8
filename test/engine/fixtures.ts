import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IDataObject,
	IExecuteFunctions,
	IHttpRequestHelper,
	ILoadOptionsFunctions,
	INodeExecutionData,
	INodeListSearchResult,
	INodeProperties,
	INodeType,
} from 'n8n-workflow';
import { createServer } from 'node:http';

import { listen } from '../services/core/listen';
import { n8nWorkflow } from './n8n';
import { describe } from './stand-ins/describe';

const field = (name: string, value: string): INodeProperties => ({
	displayName: name,
	name,
	type: 'string',
	default: value,
});

/** Tells what it was given: name and bytes of a file, and one parameter. */
export class Inspect implements INodeType {
	description = describe('inspect', 'Inspect', {
		properties: [
			field('fileName', '={{ $binary.data?.fileName }}'),
			field('text', ''),
			field('binaryField', 'data'),
		],
	});

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const results: INodeExecutionData[] = [];
		for (const item of this.getInputData().keys()) {
			const name = this.getNodeParameter('binaryField', item) as string;
			const { id } = this.helpers.assertBinaryData(item, name);
			const bytes = await this.helpers.getBinaryDataBuffer(item, name);
			const fileName = this.getNodeParameter('fileName', item) as string;
			const text = this.getNodeParameter('text', item) as string;
			const json = { fileName, text, id, content: bytes.toString() };
			results.push({ json, pairedItem: { item } });
		}
		return [results];
	}
}

/** Throws for items with `json.bad`, or hands out error items when told to continue on fail. */
export class Picky implements INodeType {
	description = describe('picky', 'Picky');

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const results = this.getInputData().map(({ json }, item): INodeExecutionData => {
			if (!json.bad) return { json, pairedItem: { item } };
			if (this.continueOnFail()) {
				const error = { message: 'Not liked', code: 'notLiked' };
				return { json: { error }, pairedItem: { item } };
			}
			throw new n8nWorkflow.NodeOperationError(this.getNode(), 'Not liked', { itemIndex: item });
		});
		this.addExecutionHints({ message: 'Tasted them all' });
		this.logger.info('tasted', { items: results.length });
		return [results];
	}
}

/** Fails as often as its static counter says, then succeeds. */
export class Flaky implements INodeType {
	static failuresLeft = 0;
	description = describe('flaky', 'Flaky');

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		if (Flaky.failuresLeft-- > 0) throw new Error('Not yet');
		return [this.getInputData()];
	}
}

/** Waits for the execution to be cancelled; its static counter says how often it began to. */
export class Endless implements INodeType {
	static begun = 0;
	description = describe('endless', 'Endless');

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const signal = this.getExecutionCancelSignal();
		Endless.begun++;
		await new Promise<void>((resolve) => {
			signal?.addEventListener('abort', () => resolve(), { once: true });
		});
		return [[{ json: { aborted: signal?.aborted } }]];
	}
}

/** Calls the token service with its credential, and can list its lines. */
export class Caller implements INodeType {
	description = describe('caller', 'Caller', {
		credentials: [{ name: 'tokenApi', required: true }],
		properties: [field('path', '/things'), field('prefix', 'line')],
	});

	methods = {
		listSearch: {
			async lines(
				this: ILoadOptionsFunctions,
				filter?: string,
				paginationToken?: string,
			): Promise<INodeListSearchResult> {
				const { baseUrl } = await this.getCredentials('tokenApi');
				const found = (await this.helpers.httpRequestWithAuthentication.call(this, 'tokenApi', {
					url: `${baseUrl as string}/things`,
					json: true,
				})) as IDataObject;
				const prefix = this.getCurrentNodeParameter('prefix') as string;
				const name = [prefix, filter, found.token].join(' ');
				return { results: [{ name, value: paginationToken ?? 'first' }], paginationToken: 'next' };
			},
		},
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const results: INodeExecutionData[] = [];
		for (const item of this.getInputData().keys()) {
			const { baseUrl } = await this.getCredentials('tokenApi', item);
			const path = this.getNodeParameter('path', item) as string;
			const request = { url: `${baseUrl as string}${path}`, json: true };
			const json = (await this.helpers.httpRequestWithAuthentication.call(
				this,
				'tokenApi',
				request,
			)) as IDataObject;
			results.push({ json, pairedItem: { item } });
		}
		return [results];
	}
}

/** A credential with a token that n8n fetches and keeps. */
export class TokenApi implements ICredentialType {
	name = 'tokenApi';
	displayName = 'Token API';
	properties: INodeProperties[] = [
		field('baseUrl', ''),
		field('secret', ''),
		{
			displayName: 'Token',
			name: 'token',
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
			default: '',
		},
	];
	authenticate = {
		type: 'generic' as const,
		properties: { headers: { 'x-token': '={{ $credentials.token }}' } },
	};
	test: ICredentialTestRequest = {
		request: { baseURL: '={{ $credentials.baseUrl }}', url: '/things' },
		rules: [
			{ type: 'responseCode', properties: { value: 403, message: 'The secret is not accepted' } },
		],
	};

	async preAuthentication(
		this: IHttpRequestHelper,
		{ baseUrl, secret }: ICredentialDataDecryptedObject,
	): Promise<IDataObject> {
		const url = `${baseUrl as string}/token`;
		const answer = (await this.helpers.httpRequest({
			method: 'POST',
			url,
			body: { secret },
			json: true,
		})) as IDataObject;
		return { token: answer.token };
	}
}

/** A loopback service that wants a token; `refuse` makes the current token invalid. */
export async function startTokenService() {
	const calls: string[] = [];
	let issued = 0;
	let valid = '';
	const server = createServer((request, response) => {
		calls.push(request.url ?? '');
		const answer = (status: number, body: object | string, headers = {}) => {
			response.writeHead(status, { connection: 'close', ...headers });
			response.end(typeof body === 'string' ? body : JSON.stringify(body));
		};
		request.resume().on('end', () => {
			if (request.url === '/token') {
				valid = `token-${++issued}`;
				return answer(200, { token: valid });
			}
			const token = request.headers['x-token'];
			if (request.url === '/forbidden') return answer(403, { message: 'no' });
			if (token !== valid) return answer(401, { message: 'token expired' });
			if (request.url === '/file') {
				const name = "attachment; filename*=UTF-8''%E6%8A%A5.txt";
				return answer(200, 'file', { 'content-type': 'text/plain', 'content-disposition': name });
			}
			return answer(200, { token }, { 'content-type': 'application/json' });
		});
	});
	const baseUrl = await listen(server);
	return {
		calls,
		baseUrl,
		refuse: () => {
			valid = 'none';
		},
		close: async () => await new Promise((resolve) => server.close(resolve)),
	};
}

/** The workflow's nodes one after another, each output to the next node's input. */
export function chain(...nodes: Array<{ name: string; type: string; [key: string]: unknown }>) {
	const connections = Object.fromEntries(
		nodes
			.slice(1)
			.map(({ name }, index) => [
				nodes[index].name,
				{ main: [[{ node: name, type: 'main' as const, index: 0 }]] },
			]),
	);
	return { nodes, connections };
}
