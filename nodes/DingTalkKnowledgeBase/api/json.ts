import type { IDataObject } from 'n8n-workflow';

import { fromTransport, toUploadError, UploadError } from '../../shared/errors';
import { TransportError, type HttpResponse, type Transport } from '../../shared/transport';
import { serviceError } from './service-error';

/** API answers come within seconds; a silent connection is given up after this: milliseconds. */
const API_TIMEOUT = 30_000;

interface JsonRequest {
	step: string;
	method: 'GET' | 'POST';
	url: string;
	headers: Record<string, string>;
	body?: IDataObject;
}

/** Sends JSON to DingTalk and puts a failure of the network into words. */
export async function sendJson(
	transport: Transport,
	{ step, method, url, headers, body }: JsonRequest,
): Promise<HttpResponse> {
	const contentType = body ? { 'Content-Type': 'application/json; charset=utf-8' } : undefined;
	try {
		return await transport.send({
			method,
			url,
			headers: { Accept: 'application/json', ...contentType, ...headers },
			body: body && JSON.stringify(body),
			timeout: API_TIMEOUT,
		});
	} catch (error) {
		throw error instanceof TransportError ? fromTransport(error, step) : toUploadError(error);
	}
}

/** @throws {UploadError} for an error answer and for one that lacks what was asked for */
export function readAnswer<Answer>(
	response: HttpResponse,
	{ step, read }: { step: string; read: (answer: IDataObject) => Answer | undefined },
): Answer {
	const body = parseObject(response.text);
	const error = serviceError(response, body, step);
	if (error) throw error;
	const answer = read(body as IDataObject);
	if (answer === undefined) throw incomplete(response, step);
	return answer;
}

function parseObject(text: string): Record<string, unknown> | undefined {
	try {
		const value: unknown = JSON.parse(text);
		const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
		return isObject ? (value as Record<string, unknown>) : undefined;
	} catch {
		return undefined;
	}
}

function incomplete({ status, headers }: HttpResponse, step: string): UploadError {
	return new UploadError({
		title: 'The answer of DingTalk is incomplete',
		description:
			'It lacks what the documentation promises. If a proxy or gateway stands in between, check it; otherwise report the request id to DingTalk.',
		step,
		code: 'INCOMPLETE_ANSWER',
		requestId: headers['x-acs-request-id'],
		httpStatus: status,
		outcomeUnknown: true,
	});
}
