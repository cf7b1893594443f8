import type { IDataObject } from 'n8n-workflow';

import { fromTransport, stalledCall, toUploadError, type UploadError } from '../errors';
import { TransportError, type CallTransport, type HttpResponse } from '../transport';

export const ACCEPT = 'application/json';
export const JSON_TYPE = 'application/json; charset=utf-8';

/** Answers come within seconds; a silent connection is given up after this: milliseconds. */
const PATIENCE = 30_000;

export interface ServiceRequest {
	/** What errors name it by, e.g. `commit`. */
	step: string;
	method: 'GET' | 'POST';
	url: string;
	headers: Record<string, string>;
	body?: string;
	/** Milliseconds of silence after which it is given up. */
	patience?: number;
}

/**
 * Sends a request to a service.
 *
 * @throws {UploadError} when no answer came; what an answer means is for the caller to say
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

/** Sends JSON, and wants JSON. @throws {UploadError} when no answer came */
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
