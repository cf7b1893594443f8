import type { IDataObject } from 'n8n-workflow';

import { clockAdvice, retryAfter } from '../../shared/clock';
import { string } from '../../shared/decode';
import { UploadError } from '../../shared/errors';
import { notJson, type Wording } from '../../shared/service';
import { asRefusal, meaningOf, type Meaning } from '../../shared/status';
import type { HttpResponse } from '../../shared/transport';
import { textFor } from './error-catalog';

/** A new token cures these; any other 401 is treated alike. */
const TOKEN_REFUSED = new Set(['AccessTokenInvalid', 'AccessTokenExpired', 'TokenExpired']);

export const WORDING: Wording = {
	name: 'Alibaba Cloud PDS',
	errorIn: serviceError,
	requestIdOf,
	prepare: exactNumbers,
};

/**
 * `crc64_hash` is an unsigned 64-bit integer, which the service writes as a number: as one it would
 * lose its last digits, so it becomes a text.
 */
function exactNumbers(text: string): string {
	return text.replace(/("crc64_hash"\s*:\s*)(\d+)/g, '$1"$2"');
}

/**
 * The error in an answer of PDS, if it is one, with status 200 too. The gateway in front of the service tells its own
 * errors only in the headers `x-ca-error-code` and `x-ca-error-message`.
 *
 * @param body the parsed answer; a page of HTML is not quoted
 */
function serviceError(
	response: HttpResponse,
	body: IDataObject | undefined,
	step: string,
): UploadError | undefined {
	const { status, headers } = response;
	const inBody = string(body?.code) ?? string(body?.Code);
	if (status < 300 && body && inBody === undefined) return undefined;
	const code = inBody ?? string(headers['x-ca-error-code']);
	if (!body && !code) {
		const advice = 'domain ID and base URL in the credential';
		return notJson(WORDING, response, { step, advice });
	}
	const said =
		string(body?.message) ?? string(body?.Message) ?? string(headers['x-ca-error-message']);
	return fromAnswer(response, code, said, step);
}

/** Whether a new token may cure it. */
export function isTokenRefused({ facts }: UploadError): boolean {
	return facts.httpStatus === 401 || TOKEN_REFUSED.has(facts.code ?? '');
}

/** What support asks for. */
function requestIdOf(headers: HttpResponse['headers']): string | undefined {
	return headers['x-ca-request-id'] ?? headers['x-acs-request-id'];
}

/** Whether it is this error of the service, or a finer one of the same kind (`code.Detail`). */
export function hasCode({ facts }: UploadError, code: string): boolean {
	return facts.code === code || facts.code?.startsWith(`${code}.`) === true;
}

const NO_REASON =
	'The answer names no reason. Run the workflow again; if it keeps happening, ask Alibaba Cloud with the request id.';

function fromAnswer(
	response: HttpResponse,
	code: string | undefined,
	said: string | undefined,
	step: string,
): UploadError {
	const { status, headers } = response;
	const known = code === undefined ? undefined : textFor(code);
	const requestId = requestIdOf(headers);
	const isOwn = known !== undefined || requestId !== undefined;
	const quote = said && `Alibaba Cloud PDS says: ${said}`;
	return new UploadError({
		title: known?.title ?? `Alibaba Cloud PDS refused the call (HTTP ${status})`,
		description:
			[clockAdvice(headers), known?.description, quote].filter(Boolean).join(' ') || NO_REASON,
		step,
		code: code ?? `HTTP${status}`,
		requestId,
		httpStatus: status,
		...meaningWith(isOwn ? code : undefined, response),
		retryAfter: retryAfter(headers),
	});
}

/** What the service itself says stands above what the status alone would tell. */
function meaningWith(code: string | undefined, response: HttpResponse): Meaning {
	const byStatus = meaningOf(response);
	if (code === undefined) return byStatus;
	if (/^(?:Throttling|TooManyRequests)/.test(code))
		return { retry: 'throttled', outcome: 'refused' };
	if (TRANSIENT.test(code)) return { retry: 'transient', outcome: 'unknown' };
	return asRefusal(byStatus, response);
}

/** The service failed, whatever the status. */
const TRANSIENT = /^(?:InternalError|ServiceUnavailable|D504TO)/;
