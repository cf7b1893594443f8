import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';

import { listen } from '../services/core/listen';
import type { CredentialFile } from './real-n8n';

const API_KEY = 'local-model-key';

/** What a chat model is asked: the part of OpenAI's request that the tests look at. */
export interface ModelRequest {
	messages: Array<{ role: string; content: string; tool_call_id?: string }>;
	tools?: Array<{
		function: {
			name: string;
			description: string;
			parameters: { properties: Record<string, { type: string }>; required?: string[] };
		};
	}>;
	stream?: boolean;
}

/** A chat model that knows one thing: call the first tool once, then say a sentence. */
export interface LocalModel {
	/** As the credential "OpenAI" has it. */
	readonly url: string;
	/** What it was asked, in order. */
	readonly requests: ModelRequest[];
	/** Forgets what it was asked. */
	reset(): void;
	close(): Promise<void>;
}

export interface ModelScript {
	/** The arguments of the tool call. */
	toolArguments: Record<string, unknown>;
	/** What it says when it has the tool's result. */
	answer: string;
}

/** The id of the tool call; the result comes back under it. */
export const TOOL_CALL_ID = 'call_local_1';

/** Starts an HTTP server on 127.0.0.1 that speaks OpenAI's chat completions. */
export async function startLocalModel(script: ModelScript): Promise<LocalModel> {
	const requests: ModelRequest[] = [];
	const server = createServer((request, response) => {
		const answer = (status: number, body: unknown) => {
			response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
		};
		const refuse = (status: number, message: string) => answer(status, { error: { message } });
		void (async () => {
			const body = await textOf(request);
			if (request.headers.authorization !== `Bearer ${API_KEY}`) return refuse(401, 'Wrong key');
			if (`${request.method} ${request.url}` !== 'POST /v1/chat/completions') {
				return refuse(404, `There is no ${request.method} ${request.url}`);
			}
			const asked = JSON.parse(body) as ModelRequest;
			requests.push(asked);
			if (asked.stream) return refuse(400, 'This model does not stream');
			answer(200, completion(asked, script));
		})().catch((error: unknown) => refuse(400, String(error)));
	});
	const url = `${await listen(server)}/v1`;
	return {
		url,
		requests,
		reset: () => void requests.splice(0),
		close: async () => {
			server.close();
			server.closeAllConnections();
			await once(server, 'close');
		},
	};
}

/** The credential for the local model. */
export function modelCredential({ url }: LocalModel): CredentialFile {
	const data = { apiKey: API_KEY, url };
	return { id: 'localModel001', name: 'Local model', type: 'openAiApi', data };
}

function completion({ messages, tools = [] }: ModelRequest, script: ModelScript) {
	const calls = messages.at(-1)?.role !== 'tool' && tools.length > 0;
	const call = {
		id: TOOL_CALL_ID,
		type: 'function',
		function: {
			name: tools[0]?.function.name,
			arguments: JSON.stringify(script.toolArguments),
		},
	};
	const content = calls ? null : script.answer;
	const message = { role: 'assistant', content, ...(calls && { tool_calls: [call] }) };
	return {
		id: 'chatcmpl-local',
		object: 'chat.completion',
		created: Math.floor(Date.now() / 1000),
		model: 'local-model',
		choices: [{ index: 0, message, finish_reason: calls ? 'tool_calls' : 'stop' }],
		usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
	};
}

async function textOf(request: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks).toString();
}
