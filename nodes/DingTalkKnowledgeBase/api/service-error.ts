import { retryAfter } from '../../shared/clock';
import { at, someOf, string, text } from '../../shared/decode';
import { ownError, UploadError } from '../../shared/errors';
import { notJson, type Called, type ErrorText, type Wording } from '../../shared/service';
import { asRefusal, meaningOf, type Meaning } from '../../shared/status';
import type { HttpResponse } from '../../shared/transport';
import { LEGACY_ERROR_CODES, textFor } from './error-catalog';

/** Codes for a refusal because of the rate; the same call succeeds a moment later. */
const THROTTLED = /\.(?:QpsLimitFor|QpmLimitFor)/;

/** Codes for a failure of the service, or for its request to try again. */
const TRANSIENT = new Set([
	'systemError',
	'unknownError',
	'operationTimeout',
	'operationConcurrentControl',
	'dentryUploadError',
	'invalidRequest.document.stillInitializing',
]);

/** Those that say that the call was not carried out, although trying again may help. */
const REFUSED = new Set([
	'operationConcurrentControl',
	'invalidRequest.document.stillInitializing',
]);

export const WORDING: Wording = {
	name: 'DingTalk',
	errorIn: serviceError,
	errorInside: (response, body, called) =>
		codeOf(body) === undefined ? undefined : fromAnswer(response, body, called),
	requestIdOf: (headers) => headers['x-acs-request-id'],
};

/**
 * Returns the error in a response of DingTalk, if it is one: any status of 300 or more, `success:
 * false` or a non-zero `errcode` with status 200, or something that is not JSON, which is not
 * quoted.
 */
function serviceError(
	response: HttpResponse,
	body: Record<string, unknown> | undefined,
	called: Called,
): UploadError | undefined {
	if (isBlocked(response)) return blocked(response, called.step);
	if (body === undefined) {
		return notJson(WORDING, response, {
			step: called.step,
			advice: 'the base URL in the credential',
		});
	}
	const failed = response.status >= 300 || saysNo(body) || Boolean(Number(text(body.errcode) ?? 0));
	return failed ? fromAnswer(response, body, called) : undefined;
}

/** Whether a new token may help: HTTP 400 `InvalidAuthentication`, or any 401. */
export function isTokenRefused({ facts }: UploadError): boolean {
	return facts.code === 'InvalidAuthentication' || facts.httpStatus === 401;
}

/** Whether the app itself lacks a permission. */
export function isPermissionMissing({ facts }: UploadError): boolean {
	return facts.code === 'Forbidden.AccessDenied.AccessTokenPermissionDenied';
}

function fromAnswer(
	response: HttpResponse,
	body: Record<string, unknown>,
	{ step, texts = {} }: Called,
): UploadError {
	const { status, headers } = response;
	const own = codeOf(body);
	const code = own ?? `HTTP${status}`;
	const said = text(body.message ?? body.Message ?? body.sub_msg ?? body.errmsg) ?? '';
	const known = textOf(code, said, texts);
	const ownId = ownRequestId(body, headers, step);
	const isOwn = known !== undefined || ownId !== undefined;
	return new UploadError({
		title: known?.title ?? `DingTalk refused the call (HTTP ${status})`,
		description: [scopes(body), known?.description ?? adviceOn(own ?? said), quote(code, said)]
			.filter(Boolean)
			.join(' '),
		step,
		code,
		requestId: ownId ?? text(body.requestId ?? body.request_id),
		httpStatus: status,
		...(isOwn ? meaningWith(own, body, response) : meaningOf(response)),
		retryAfter: retryAfter(headers),
	});
}

/**
 * Interprets the response. What the service itself says takes precedence over the status. A gateway
 * has codes too, but none of the documented ones and no request ID of DingTalk.
 */
function meaningWith(
	code: string | undefined,
	body: Record<string, unknown>,
	response: HttpResponse,
): Meaning {
	const byStatus = meaningOf(response);
	if (code === undefined && !saysNo(body)) return byStatus;
	if (code && THROTTLED.test(code)) return { retry: 'throttled', outcome: 'refused' };
	if (code && TRANSIENT.has(code)) {
		return { retry: 'transient', outcome: REFUSED.has(code) ? 'refused' : 'unknown' };
	}
	return asRefusal(byStatus, response);
}

function saysNo({ success }: Record<string, unknown>): boolean {
	return success === false || success === 'false';
}

/** Returns advice for an error without a text. */
function adviceOn(reason: string): string {
	return reason
		? 'The documentation does not list this code for the call. If the message from DingTalk does not help, send the request ID to its support.'
		: 'The response gives no reason. Run the workflow again; if this keeps happening, send the request ID to DingTalk support.';
}

function textOf(
	code: string,
	said: string,
	texts: Record<string, ErrorText>,
): ErrorText | undefined {
	if (isAboutOperator(code, said)) return WRONG_OPERATOR;
	return Object.hasOwn(texts, code) ? texts[code] : textFor(code);
}

/**
 * Whether the error is about the operator: the service names the parameter in its message, in one
 * of two spellings.
 */
function isAboutOperator(code: string, said: string): boolean {
	return /^paramError|^Missing/i.test(code) && /unionId|operatorId/i.test(`${code} ${said}`);
}

const WRONG_OPERATOR: ErrorText = {
	title: 'The operator is not a union ID that DingTalk knows',
	description:
		'For a user ID, as shown in the DingTalk admin console, choose "User ID" in "Operator". A union ID is valid only for the apps of one organisation.',
};

/** Returns the error code in the spelling of the new API. */
function codeOf(body: Record<string, unknown>): string | undefined {
	const legacy = text(body.sub_code ?? body.errcode) ?? '';
	const own = string(body.code ?? body.Code);
	if (own !== undefined && !NO_ERROR.test(own)) return own;
	if (Object.hasOwn(LEGACY_ERROR_CODES, legacy)) return LEGACY_ERROR_CODES[legacy];
	return legacy && legacy !== '0' ? legacy : undefined;
}

/** Codes that mean success. */
const NO_ERROR = /^(?:0|200|ok|success)$/i;

/** The id that only DingTalk gives; gateways on the way have ids of their own. */
function ownRequestId(
	body: Record<string, unknown>,
	headers: Record<string, string>,
	step: string,
): string | undefined {
	const id = body.requestid ?? body.RequestId ?? (OLD_API.test(step) ? body.request_id : undefined);
	return typeof id === 'string' ? id : headers['x-acs-request-id'];
}

/** The calls of the old API, `/topapi`. */
const OLD_API = /^find(?:Operator|Member)$/;

/** Returns the missing permissions that the response names, for which users have to apply. */
function scopes(body: Record<string, unknown>): string | undefined {
	const names = at('accessdenieddetail', at('requiredScopes', someOf(string)))(body) ?? [];
	return names.length > 0 ? `Permission to apply for: ${names.join(', ')}.` : undefined;
}

/**
 * Whether this is the gateway's page for more than 10,000 calls in 20 seconds from one address,
 * which comes with any status.
 */
function isBlocked({ text }: HttpResponse): boolean {
	return text.length < 10_000 && /"status"\s*:\s*1111\b/.test(text);
}

function blocked({ status, headers }: HttpResponse, step: string): UploadError {
	return ownError({
		title: 'DingTalk has blocked this server for five minutes',
		description:
			'More than 10,000 calls in 20 seconds came from its address. Lower "Max Requests per Second".',
		step,
		code: 'IpBlocked',
		outcome: 'refused',
		retry: 'never',
		requestId: headers['x-acs-request-id'],
		httpStatus: status,
	});
}

/** Returns the message of the service, unless our text already says all of it. */
function quote(code: string, said: string): string | undefined {
	return said && !FULLY_EXPLAINED.test(code) ? `DingTalk says: ${said}` : undefined;
}

const FULLY_EXPLAINED = /invalid[._]?client|AccessTokenPermissionDenied$/i;
