import type { IDataObject } from 'n8n-workflow';

import { retryAfter, timeAt } from '../clock';
import { incompleteAnswer, ownError, type UploadError } from '../errors';
import { parseObject } from '../json';
import { meaningOf } from '../status';
import type { HttpResponse } from '../transport';

/** What an error code means to the person who built the workflow. */
export interface ErrorText {
	title: string;
	description: string;
}

/** The call that a response belongs to. */
export interface Called {
	/** The name of the call in errors. */
	step: string;
	/** Path segments; not set for a token, whose call has an address of its own. */
	path?: string[];
	/** What codes of the service mean for this call, where that differs from what they usually mean. */
	texts?: Record<string, ErrorText>;
}

/** How to read the responses of a service. */
export interface Wording {
	/** The name that its users know. */
	name: string;
	/**
	 * Returns the error in a response, if it is one.
	 *
	 * @param body undefined when the response is not a JSON object
	 */
	errorIn(
		response: HttpResponse,
		body: IDataObject | undefined,
		called: Called,
	): UploadError | undefined;
	/**
	 * Returns the error in a response with status 200 that lacks the expected fields, if it is one.
	 */
	errorInside?(response: HttpResponse, body: IDataObject, called: Called): UploadError | undefined;
	/** Returns the request ID, which support asks for. */
	requestIdOf(headers: HttpResponse['headers']): string | undefined;
	/** Rewrites values that JSON cannot hold exactly as strings. */
	prepare?(text: string): string;
}

export interface Question<Answer> extends Called {
	/**
	 * Reads the needed fields of the response.
	 *
	 * @param answeredAt when the service responded by its own clock, in milliseconds since 1970
	 * @returns undefined when the response lacks them
	 */
	read: (answer: IDataObject, answeredAt: number) => Answer | undefined;
}

/**
 * Reads a response.
 *
 * @throws {UploadError} for an error response, and for one that lacks the needed fields
 */
export function readAnswer<Answer>(
	{ name, errorIn, errorInside, requestIdOf, prepare = (text) => text }: Wording,
	response: HttpResponse,
	{ read, ...called }: Question<Answer>,
): Answer {
	const body = parseObject(prepare(response.text));
	const error = errorIn(response, body, called);
	if (error) throw error;
	const answer = read(body ?? {}, timeAt(response.headers));
	if (answer !== undefined) return answer;
	const { status: httpStatus, headers } = response;
	const incomplete = { step: called.step, requestId: requestIdOf(headers), httpStatus };
	throw errorInside?.(response, body ?? {}, called) ?? incompleteAnswer(name, incomplete);
}

/**
 * Creates the error for a response that is not JSON.
 *
 * @param advice what to check besides the proxy
 */
export function notJson(
	{ name, requestIdOf }: Pick<Wording, 'name' | 'requestIdOf'>,
	response: HttpResponse,
	{ step, advice }: { step: string; advice: string },
): UploadError {
	const { status, headers } = response;
	return ownError({
		title: `The answer is not from ${name}: it is not JSON`,
		description: `A proxy or a login page may have answered (HTTP ${status}). Check ${advice} and the proxy of the n8n server.`,
		...meaningOf(response),
		step,
		code: 'NOT_JSON',
		requestId: requestIdOf(headers),
		httpStatus: status,
		retryAfter: retryAfter(headers),
	});
}
