import type { IDataObject } from 'n8n-workflow';

import { fromTransport, stalledCall, toUploadError, type UploadError } from '../errors';
import { TransportError, type CallTransport, type HttpResponse } from '../transport';

export const ACCEPT = 'application/json';
export const JSON_TYPE = 'application/json; charset=utf-8';

/** Milliseconds of silence after which a call is given up; responses normally take seconds. */
const PATIENCE = 30_000;

export interface ServiceRequest {
	/** The name of the call in errors, e.g. `commit`. */
	step: string;
	method: 'GET' | 'POST' | 'DELETE';
	url: string;
	headers: Record<string, string>;
	body?: string;
	/** Milliseconds of silence after which the request is given up. */
	patience?: number;
}

/**
 * Sends a request to a service and returns the response, whatever it means.
 *
 * @throws {UploadError} when there is no response
 */
export async function sendRequest(
	transport: CallTransport,
	{ step, patience = PATIENCE, ...request }: ServiceRequest,
): Promise<HttpResponse> {
	try {
		return await transport.send({ ...request, timeout: patience });
	} catch (error) {
		throw noAnswer(error, step, patience);
	}
}

/** Sends JSON and expects JSON. @throws {UploadError} when there is no response */
export async function postJson(
	transport: CallTransport,
	{ step, url, body }: { step: string; url: string; body: IDataObject },
): Promise<HttpResponse> {
	const headers = { Accept: ACCEPT, 'Content-Type': JSON_TYPE };
	const text = JSON.stringify(body);
	return await sendRequest(transport, { step, method: 'POST', url, headers, body: text });
}

function noAnswer(error: unknown, step: string, patience: number): UploadError {
	if (!(error instanceof TransportError)) return toUploadError(error);
	const inWords = fromTransport(error, step);
	return error.failure === 'stalled' ? inWords.with(stalledCall(error.host, patience)) : inWords;
}
