import type { IDataObject } from 'n8n-workflow';

import { callWithRetry, type CallOptions, type RepeatableCall } from '../../shared/call-with-retry';
import { toUploadError } from '../../shared/errors';
import { sendJson } from '../../shared/json';
import type { Transport } from '../../shared/transport';
import { readAnswer } from './answer';
import { authorize, forgetAuthorization, type Authorization } from './authorize';
import type { PdsCredentials } from './credentials';
import { isTokenRefused } from './service-error';

const ACCEPT = 'application/json';
const CONTENT_TYPE = 'application/json; charset=utf-8';

export interface ApiCall<Answer> extends RepeatableCall {
	/** All calls are POSTs with JSON. */
	path: `/v2/${string}`;
	body: IDataObject;
	/**
	 * Takes what is needed out of the answer.
	 * @returns undefined when the answer lacks it
	 */
	read: (answer: IDataObject) => Answer | undefined;
}

export interface ClientOptions extends Omit<CallOptions, 'service'> {
	credentials: PdsCredentials;
}

/** Makes calls with one credential: token or signature, retries and errors are dealt with here. */
export class PdsClient {
	readonly credentials: PdsCredentials;

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
		const options = { service: 'Alibaba Cloud PDS', ...this.options };
		return await callWithRetry(call, options, async () => await this.authorized(call));
	}

	/** A refused token is replaced once; the refused call was not carried out. */
	private async authorized<Answer>(call: ApiCall<Answer>): Promise<Answer> {
		const authorization = await this.authorize(call);
		try {
			return await this.once(call, authorization);
		} catch (thrown) {
			const error = toUploadError(thrown);
			const renewable = this.credentials.auth.type === 'jwtApp' && isTokenRefused(error);
			if (!renewable) throw toUploadError(error);
			forgetAuthorization(this.credentials, authorization);
			return await this.once(call, await this.authorize(call));
		}
	}

	private async authorize(call: ApiCall<unknown>): Promise<Authorization> {
		const { pathname: path } = new URL(this.urlOf(call));
		const body = JSON.stringify(call.body);
		const request = { method: 'POST', path, body, accept: ACCEPT, contentType: CONTENT_TYPE };
		return await authorize(this.transport, this.credentials, request);
	}

	private async once<Answer>(call: ApiCall<Answer>, authorization: Authorization): Promise<Answer> {
		const response = await sendJson(this.transport, {
			step: call.step,
			method: 'POST',
			url: this.urlOf(call),
			headers: { Accept: ACCEPT, 'Content-Type': CONTENT_TYPE, ...authorization },
			body: call.body,
		});
		return readAnswer(response, call);
	}

	private urlOf({ path }: Pick<ApiCall<unknown>, 'path'>): string {
		return `${this.credentials.apiBaseUrl}${path}`;
	}
}
