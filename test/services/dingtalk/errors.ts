/** An error of the new-style API: thrown by an endpoint, answered as JSON. */
export class ApiError extends Error {
	constructor(
		readonly status: number,
		readonly code: string,
		message: string,
		readonly requiredScopes?: string[],
	) {
		super(message);
		this.name = 'ApiError';
	}

	/** The answer's body, spelt in lower case as the service spells it. */
	toBody(requestId: string): Record<string, unknown> {
		return {
			code: this.code,
			requestid: requestId,
			message: this.message,
			...(this.requiredScopes && {
				accessdenieddetail: { requiredScopes: this.requiredScopes },
			}),
		};
	}
}

/** An error of the old API: HTTP 200 with an `errcode`. */
export class LegacyError extends Error {
	constructor(
		readonly errcode: number,
		errmsg: string,
		readonly extra: Record<string, unknown> = {},
	) {
		super(errmsg);
		this.name = 'LegacyError';
	}

	/** The answer's body. */
	toBody(requestId: string): Record<string, unknown> {
		return { errcode: this.errcode, errmsg: this.message, ...this.extra, request_id: requestId };
	}
}

/** 400 paramError, or `paramError.<field>` where the official pages name the field. */
export function paramError(message: string, field?: string): ApiError {
	return new ApiError(400, field ? `paramError.${field}` : 'paramError', message);
}

/** What the gateway answers when a required argument is missing altogether. */
export function missing(argument: string): ApiError {
	return new ApiError(400, `Missing${argument}`, `${argument} is mandatory for this action.`);
}

/** The operator may not do this here. */
export function permissionDenied(): ApiError {
	return new ApiError(403, 'permissionDenied', '用户没有权限');
}

/** The app called this API too often; until this time, in milliseconds since 1970. */
export function tooMany(end: number): ApiError {
	const time = new Date(end).toISOString().slice(0, 19).replace('T', ' ');
	const message = `请求过于频繁，限制将在 ${time} 结束`;
	return new ApiError(403, 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi', message);
}
