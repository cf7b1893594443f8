import type { IDataObject } from 'n8n-workflow';

import { incompleteAnswer } from '../../shared/errors';
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
	if (answer !== undefined) return answer;
	const { status: httpStatus, headers } = response;
	throw incompleteAnswer('DingTalk', {
		step,
		requestId: headers['x-acs-request-id'],
		httpStatus,
	});
}
