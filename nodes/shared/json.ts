import type { IDataObject } from 'n8n-workflow';

import { fromTransport, toUploadError } from './errors';
import { TransportError, type HttpResponse, type Transport } from './transport';

/** API answers come within seconds; a silent connection is given up after this: milliseconds. */
const API_TIMEOUT = 30_000;

export interface JsonRequest {
	/** Step of the upload that the call is, for errors. */
	step: string;
	method: 'GET' | 'POST';
	url: string;
	headers: Record<string, string>;
	body?: IDataObject;
}

/**
 * Sends JSON to a service.
 *
 * @throws {UploadError} when no answer came; what an answer means is for the caller to say
 */
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

/** Unset fields are left out of a body: the services take null for a value. */
export function defined(fields: IDataObject): IDataObject {
	const set = Object.entries(fields).filter(([, value]) => value !== undefined && value !== '');
	return Object.fromEntries(set);
}

/** The token of the next page; a service that repeats itself has no next page. */
export function nextPage(token: unknown, current: string | undefined): string {
	return typeof token === 'string' && token !== current ? token : '';
}

/** @returns undefined when the text is not JSON */
export function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** @returns undefined when the text is not a JSON object */
export function parseObject(text: string): IDataObject | undefined {
	const value = parseJson(text);
	const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
	return isObject ? (value as IDataObject) : undefined;
}
