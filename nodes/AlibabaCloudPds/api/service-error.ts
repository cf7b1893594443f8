import type { IDataObject } from 'n8n-workflow';

import { UploadError, type Retry } from '../../shared/errors';
import { retryAfter } from '../../shared/oss';
import type { HttpResponse } from '../../shared/transport';
import { textFor } from './error-catalog';

/** A new token cures these; any other 401 is treated alike. */
const TOKEN_REFUSED = new Set(['AccessTokenInvalid', 'AccessTokenExpired', 'TokenExpired']);

/**
 * The error in an answer of PDS, if it is one. The gateway in front of the service tells its own
 * errors only in the headers `x-ca-error-code` and `x-ca-error-message`.
 *
 * @param body the parsed answer; a page of HTML is not quoted
 */
export function serviceError(
	response: HttpResponse,
	body: IDataObject | undefined,
	step: string,
): UploadError | undefined {
	const { status, headers } = response;
	if (status < 300 && body) return undefined;
	const code = text(body?.code) ?? text(body?.Code) ?? text(headers['x-ca-error-code']);
	if (!body && !code) return notJson(response, step);
	const said = text(body?.message) ?? text(body?.Message) ?? text(headers['x-ca-error-message']);
	return explained(response, code, said, step);
}

/** Whether a new token may cure it. */
export function isTokenRefused({ facts }: UploadError): boolean {
	return facts.httpStatus === 401 || TOKEN_REFUSED.has(facts.code ?? '');
}

/** What support asks for. */
export function requestIdOf(headers: HttpResponse['headers']): string | undefined {
	return headers['x-ca-request-id'] ?? headers['x-acs-request-id'];
}

/** Whether it is this error of the service, or a finer one of the same kind (`code.Detail`). */
export function hasCode({ facts }: UploadError, code: string): boolean {
	return facts.code === code || facts.code?.startsWith(`${code}.`) === true;
}

const NO_REASON =
	'The answer names no reason. Run the workflow again; if it stays so, ask Alibaba Cloud with the request id.';

function explained(
	{ status, headers }: HttpResponse,
	code: string | undefined,
	said: string | undefined,
	step: string,
): UploadError {
	const known = code === undefined ? undefined : textFor(code);
	const retry = retryFor(status, code);
	const quote = said && `Alibaba Cloud PDS says: ${said}`;
	return new UploadError({
		title: known?.title ?? `Alibaba Cloud PDS refused the call (HTTP ${status})`,
		description: [known?.description, quote].filter(Boolean).join(' ') || NO_REASON,
		step,
		code: code ?? `HTTP${status}`,
		requestId: requestIdOf(headers),
		httpStatus: status,
		retry,
		retryAfter: retryAfter(headers),
		outcomeUnknown: retry === 'transient',
	});
}

function retryFor(status: number, code = ''): Retry {
	if (status === 429 || /^Throttling/.test(code)) return 'throttled';
	return status >= 500 ? 'transient' : 'never';
}

function notJson({ status, headers }: HttpResponse, step: string): UploadError {
	const retry = retryFor(status);
	return new UploadError({
		title: 'The answer is not from Alibaba Cloud PDS: it is not JSON',
		description: `A proxy or a login page may have answered (HTTP ${status}). Check domain ID and base URL in the credential and the proxy of the n8n server.`,
		step,
		code: 'NOT_JSON',
		requestId: requestIdOf(headers),
		httpStatus: status,
		retry,
		retryAfter: retryAfter(headers),
		outcomeUnknown: status < 400 || status >= 500,
	});
}

function text(value: unknown): string | undefined {
	return typeof value === 'string' && value !== '' ? value : undefined;
}
