import type { IDataObject } from 'n8n-workflow';

import { callWithRetry, type CallOptions, type RepeatableCall } from '../../shared/call-with-retry';
import { toUploadError } from '../../shared/errors';
import { sendJson } from '../../shared/json';
import { RateLimiter } from '../../shared/rate-limiter';
import type { Transport } from '../../shared/transport';
import { addressOf, assertAddressable, type Query } from './address';
import { accessToken, forgetAccessToken } from './access-token';
import { readAnswer } from './answer';
import type { DingTalkCredentials } from './credentials';
import { isPermissionMissing, isTokenRefused } from './service-error';

/** DingTalk's own limit for standard-edition organisations: per app and API. */
export const DEFAULT_CALLS_PER_SECOND = 20;

/** The rate is counted per app by the service, so its limiter is shared by the process. */
const limiter = new RateLimiter();

export interface ApiCall<Answer> extends RepeatableCall {
	method: 'GET' | 'POST';
	/** Segments of the path; each is encoded, so that no id can leave its place. */
	path: string[];
	query?: Query;
	body?: IDataObject;
	/**
	 * Takes what is needed out of the answer.
	 * @returns undefined when the answer lacks it
	 */
	read: (answer: IDataObject) => Answer | undefined;
	/** The old `/topapi` calls: other host, token in the query. */
	legacy?: boolean;
}

export interface ClientOptions extends Omit<CallOptions, 'service'> {
	credentials: DingTalkCredentials;
	callsPerSecond?: number;
}

/** Makes calls in the name of one app: token, rate, retries and errors are dealt with here. */
export class DingTalkClient {
	readonly credentials: DingTalkCredentials;

	readonly transport: Transport;

	constructor(private readonly options: ClientOptions) {
		this.credentials = options.credentials;
		this.transport = options.transport;
	}

	/**
	 * Makes a call, again where that is safe and may help.
	 *
	 * @throws {UploadError} in words, with the service's code and request id; `outcomeUnknown` when
	 * the call may have been carried out although its answer is lost
	 */
	async call<Answer>(call: ApiCall<Answer>): Promise<Answer> {
		assertAddressable(call);
		const options = { service: 'DingTalk', ...this.options };
		return await callWithRetry(call, options, async () => await this.withToken(call));
	}

	/** A refused token is replaced once; the refused call was not carried out. */
	private async withToken<Answer>(call: ApiCall<Answer>): Promise<Answer> {
		const token = await accessToken(this.transport, this.credentials);
		try {
			return await this.once(call, token);
		} catch (thrown) {
			const error = toUploadError(thrown);
			// A permission that was just granted may need a new token.
			if (isPermissionMissing(error)) forgetAccessToken(this.credentials, token);
			if (!isTokenRefused(error)) throw toUploadError(error);
			forgetAccessToken(this.credentials, token);
			return await this.once(call, await accessToken(this.transport, this.credentials));
		}
	}

	private async once<Answer>(call: ApiCall<Answer>, token: string): Promise<Answer> {
		const rate = this.options.callsPerSecond ?? DEFAULT_CALLS_PER_SECOND;
		const settle = await limiter.admit(
			`${this.credentials.apiBaseUrl} ${this.credentials.appKey} ${call.step}`,
			rate,
			this.transport,
			this.options.signal,
		);
		const sending = sendJson(this.transport, {
			step: call.step,
			method: call.method,
			url: this.urlOf(call, token),
			headers: call.legacy ? {} : { 'x-acs-dingtalk-access-token': token },
			body: call.body,
		});
		const response = await sending.finally(settle);
		return readAnswer(response, call);
	}

	private urlOf({ path, query = {}, legacy }: ApiCall<unknown>, token: string): string {
		const { apiBaseUrl, legacyApiBaseUrl } = this.credentials;
		const base = legacy ? legacyApiBaseUrl : apiBaseUrl;
		return base + addressOf(path, legacy ? { access_token: token, ...query } : query);
	}
}
