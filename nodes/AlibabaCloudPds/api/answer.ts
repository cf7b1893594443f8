import type { IDataObject } from 'n8n-workflow';

import { incompleteAnswer } from '../../shared/errors';
import { parseObject } from '../../shared/json';
import type { HttpResponse } from '../../shared/transport';
import { requestIdOf, serviceError } from './service-error';

/**
 * The answer of a call, or its error.
 *
 * @param read takes what is needed out of the answer; undefined when the answer lacks it
 * @throws {UploadError} for an error answer and for one that lacks what was asked for
 */
export function readAnswer<Answer>(
	response: HttpResponse,
	{ step, read }: { step: string; read: (answer: IDataObject) => Answer | undefined },
): Answer {
	const body = parseAnswer(response.text);
	const error = serviceError(response, body, step);
	if (error) throw error;
	const answer = read(body ?? {});
	if (answer !== undefined) return answer;
	const { status: httpStatus, headers } = response;
	throw incompleteAnswer('Alibaba Cloud PDS', {
		step,
		requestId: requestIdOf(headers),
		httpStatus,
	});
}

/**
 * The object in an answer. `crc64_hash` is an unsigned 64-bit integer, which the service writes as
 * a number: as one it would lose its last digits, so it becomes a text.
 */
export function parseAnswer(text: string): IDataObject | undefined {
	const exact = text.replace(/("crc64_hash"\s*:\s*)(\d+)/g, '$1"$2"');
	return parseObject(exact);
}
