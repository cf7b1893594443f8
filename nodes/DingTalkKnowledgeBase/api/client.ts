import type { IDataObject, Logger } from 'n8n-workflow';

import { toUploadError } from '../../shared/errors';
import { sendJson } from '../../shared/json';
import { RateLimiter } from '../../shared/rate-limiter';
import { withRetry } from '../../shared/retry';
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

export interface ApiCall<Answer> {
	/** Step of the upload that the call is, for errors. */
	step: string;
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
	/** Whether carrying it out twice does no harm. */
	repeatable: boolean;
	/** The old `/topapi` calls: other host, token in the query. */
	legacy?: boolean;
}

export interface ClientOptions {
	transport: Transport;
	credentials: DingTalkCredentials;
	callsPerSecond?: number;
	logger?: Logger;
	/** Aborted when another file has failed: ends waits between calls, no call that is under way. */
	signal?: AbortSignal;
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
		let lost = false;
		const work = async () => {
			try {
				return await this.withToken(call);
			} catch (thrown) {
				const error = toUploadError(thrown);
				// Lost once is lost, whatever a repetition says; a token that cannot be had loses nothing.
				lost ||= error.facts.outcomeUnknown === true && error.facts.step === call.step;
				throw error.with({ outcomeUnknown: lost });
			}
		};
		return await withRetry(work, {
			transport: this.transport,
			mayRepeat: ({ facts }) => call.repeatable || !facts.outcomeUnknown,
			signal: this.options.signal,
			onRetry: ({ facts }, wait, attempt) =>
				this.options.logger?.warn(
					`DingTalk ${call.step}: ${facts.title}; attempt ${attempt + 1} in ${Math.round(wait)} ms`,
					{ code: facts.code, requestId: facts.requestId },
				),
		});
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
