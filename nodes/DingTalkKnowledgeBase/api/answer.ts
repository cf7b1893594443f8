import type { IDataObject } from 'n8n-workflow';

import { UploadError } from '../../shared/errors';
import { parseObject } from '../../shared/json';
import type { HttpResponse } from '../../shared/transport';
import { serviceError } from './service-error';

/** @throws {UploadError} for an error answer and for one that lacks what was asked for */
export function readAnswer<Answer>(
	response: HttpResponse,
	{ step, read }: { step: string; read: (answer: IDataObject) => Answer | undefined },
): Answer {
	const body = parseObject(response.text);
	const error = serviceError(response, body, step);
	if (error) throw error;
	const answer = read(body ?? {});
	if (answer === undefined) throw incomplete(response, step);
	return answer;
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
