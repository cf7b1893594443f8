import type { IDataObject } from 'n8n-workflow';

import { retryAfter, timeAt } from '../clock';
import { incompleteAnswer, ownError, type UploadError } from '../errors';
import { parseObject } from '../json';
import { meaningOf } from '../status';
import type { HttpResponse } from '../transport';

/** How a service words its answers. */
export interface Wording {
	/** As its users call it. */
	name: string;
	/** The error in an answer, if it is one. @param body undefined when the answer is no JSON object */
	errorIn(
		response: HttpResponse,
		body: IDataObject | undefined,
		step: string,
	): UploadError | undefined;
	/** The error inside of an answer with status 200 that lacks what was asked for, if it is one. */
	errorInside?(response: HttpResponse, body: IDataObject, step: string): UploadError | undefined;
	/** What support asks for. */
	requestIdOf(headers: HttpResponse['headers']): string | undefined;
	/** Turns what JSON cannot hold into texts. */
	prepare?(text: string): string;
}

export interface Question<Answer> {
	/** What errors name it by. */
	step: string;
	/**
	 * Takes what is needed out of the answer.
	 * @param answeredAt by the clock of the service, milliseconds since 1970
	 * @returns undefined when the answer lacks it
	 */
	read: (answer: IDataObject, answeredAt: number) => Answer | undefined;
}

/**
 * The answer to a question.
 *
 * @throws {UploadError} for an error answer and for one that lacks what was asked for
 */
export function readAnswer<Answer>(
	{ name, errorIn, errorInside, requestIdOf, prepare = (text) => text }: Wording,
	response: HttpResponse,
	{ step, read }: Question<Answer>,
): Answer {
	const body = parseObject(prepare(response.text));
	const error = errorIn(response, body, step);
	if (error) throw error;
	const answer = read(body ?? {}, timeAt(response.headers));
	if (answer !== undefined) return answer;
	const { status: httpStatus, headers } = response;
	const incomplete = { step, requestId: requestIdOf(headers), httpStatus };
	throw errorInside?.(response, body ?? {}, step) ?? incompleteAnswer(name, incomplete);
}

/** @param advice what to check, beside the proxy */
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
