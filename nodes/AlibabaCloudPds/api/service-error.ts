import type { IDataObject } from 'n8n-workflow';

import { clockAdvice, retryAfter } from '../../shared/clock';
import { string } from '../../shared/decode';
import { UploadError } from '../../shared/errors';
import { notJson, type Called, type Wording } from '../../shared/service';
import { asRefusal, meaningOf, type Meaning } from '../../shared/status';
import type { HttpResponse } from '../../shared/transport';
import { textFor } from './error-catalog';

/** Codes for which a new token may help; any other 401 is treated the same way. */
const TOKEN_REFUSED = new Set(['AccessTokenInvalid', 'AccessTokenExpired', 'TokenExpired']);

export const WORDING: Wording = {
	name: 'Alibaba Cloud PDS',
	errorIn: serviceError,
	requestIdOf,
	prepare: exactNumbers,
};

/**
 * Puts the number `crc64_hash` in quotes: it is an unsigned 64-bit integer, which would lose its
 * last digits as a JavaScript number.
 */
function exactNumbers(text: string): string {
	return text.replace(/("crc64_hash"\s*:\s*)(\d+)/g, '$1"$2"');
}

/**
 * Returns the error in a response of PDS, if it is one, even with status 200. The gateway in front
 * of the service reports its own errors only in the headers `x-ca-error-code` and
 * `x-ca-error-message`.
 *
 * @param body the parsed response; an HTML page is not quoted
 */
function serviceError(
	response: HttpResponse,
	body: IDataObject | undefined,
	{ step }: Called,
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

/** Whether a new token may help. */
export function isTokenRefused({ facts }: UploadError): boolean {
	return facts.httpStatus === 401 || TOKEN_REFUSED.has(facts.code ?? '');
}

/** Returns the request ID, which support asks for. */
function requestIdOf(headers: HttpResponse['headers']): string | undefined {
	return headers['x-ca-request-id'] ?? headers['x-acs-request-id'];
}

/** Whether the error has this code of the service, or a more specific one (`code.Detail`). */
export function hasCode({ facts }: UploadError, code: string): boolean {
	return facts.code === code || facts.code?.startsWith(`${code}.`) === true;
}

const NO_REASON =
	'The response gives no reason. Run the workflow again; if this keeps happening, send the request ID to Alibaba Cloud support.';

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

/** Interprets the response. What the service itself says takes precedence over the status. */
function meaningWith(code: string | undefined, response: HttpResponse): Meaning {
	const byStatus = meaningOf(response);
	if (code === undefined) return byStatus;
	if (/^(?:Throttling|TooManyRequests)/.test(code))
		return { retry: 'throttled', outcome: 'refused' };
	if (TRANSIENT.test(code)) return { retry: 'transient', outcome: 'unknown' };
	return asRefusal(byStatus, response);
}

/** Codes for a failure of the service, whatever the status. */
const TRANSIENT = /^(?:InternalError|ServiceUnavailable|D504TO)/;
