import { ApiError } from './errors';
import type { Fault } from './types';

/** An answer as either front can send it. */
export interface RawAnswer {
	status: number;
	headers: Record<string, string>;
	body: string;
	code?: string;
}

function contentTypeOf(body: unknown): string {
	if (typeof body !== 'string') return 'application/json;charset=utf-8';
	if (body.startsWith('<?xml')) return 'application/xml';
	return body.trimStart().startsWith('<') ? 'text/html;charset=utf-8' : 'text/plain;charset=utf-8';
}

/** Any body as an answer: text as it is, anything else as JSON. */
export function rawAnswer(
	status: number,
	body: unknown,
	headers: Record<string, string> = {},
): RawAnswer {
	const code = (body as { code?: unknown } | undefined)?.code;
	return {
		status,
		headers: { 'content-type': contentTypeOf(body), ...headers },
		body: typeof body === 'string' ? body : body === undefined ? '' : JSON.stringify(body),
		...(typeof code === 'string' && { code }),
	};
}

/** The answer a fault gives in place of the real one. */
export function faultAnswer(fault: Fault, requestId: string): RawAnswer {
	switch (fault.kind) {
		case 'answer':
		case 'answerAfter':
			return rawAnswer(fault.status, fault.body, fault.headers);
		case 'redirect':
			return rawAnswer(fault.status, '', { location: fault.location });
		case 'dingtalkError': {
			const { status, code, message = code, requiredScopes } = fault;
			return rawAnswer(
				status,
				new ApiError(status, code, message, requiredScopes).toBody(requestId),
			);
		}
		default:
			throw new Error(`A fault of kind ${fault.kind} is no answer`);
	}
}
