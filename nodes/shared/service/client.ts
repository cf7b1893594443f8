import type { IDataObject, Logger } from 'n8n-workflow';

import {
	mayRepeat,
	overall,
	recover,
	type Effect,
	type Outcome,
	type UploadError,
} from '../errors';
import { RateLimiter } from '../rate-limiter';
import { withRetry } from '../retry';
import type { HttpResponse, Transport } from '../transport';
import { addressOf, assertAddressable, withQuery, type Query } from './address';
import { readAnswer, type Question, type Wording } from './answer';
import { ACCEPT, JSON_TYPE, sendRequest } from './send';

/** A call to a service; `read` reads its response. */
export interface ServiceCall<Answer> extends Question<Answer> {
	method: 'GET' | 'POST' | 'DELETE';
	/** Path segments. Each is encoded, so no ID can change the path. */
	path: string[];
	query?: Query;
	body?: IDataObject;
	/** What the call leaves behind: decides whether it may be repeated when its response is lost. */
	effect: Effect;
	/** Milliseconds of silence after which the call is given up; default 30 seconds. */
	patience?: number;
}

/** A request before it is authorized. */
export interface OutgoingRequest {
	method: ServiceCall<unknown>['method'];
	path: string[];
	/** The URL without query parameters of the authorization. */
	url: string;
	/** Empty when there is none. */
	body: string;
	accept: string;
	/** Empty when there is no body. */
	contentType: string;
}

/** What authorizes a request. */
export interface Authorization {
	headers?: Record<string, string>;
	query?: Query;
	/** The token in it: an answer that quotes it is shown without it. */
	token?: string;
}

/** What a client needs to know about a service and the account it uses. */
export interface Service {
	wording: Wording;
	/** Returns the base URL without a trailing slash. */
	baseUrlOf(path: string[]): string;
	/** Authorizes a request. @param signal ends the wait for a token */
	authorize(request: OutgoingRequest, signal?: AbortSignal): Promise<Authorization>;
	/**
	 * Called when the service has refused an authorization.
	 *
	 * @returns whether a new authorization may be accepted
	 */
	renew(error: UploadError, refused: Authorization): boolean;
	/** The key under which the service counts calls, and its limit per second. */
	rate?: { key: string; perSecond: number };
}

export interface ClientOptions {
	transport: Transport;
	logger?: Logger;
	/** Aborted when another file has failed: no call starts then, and running calls go on. */
	signal?: AbortSignal;
}

/** The services count calls per account, so the whole process shares one limiter. */
const limiter = new RateLimiter();

/** Makes calls with one account, and handles tokens, rate limits, retries and errors. */
export class ServiceClient {
	readonly transport: Transport;

	constructor(
		private readonly service: Service,
		private readonly options: ClientOptions,
	) {
		this.transport = options.transport;
	}

	/**
	 * Makes a call, and repeats it where that is safe and may help.
	 *
	 * @throws {UploadError} with texts for the user and the code and request ID of the service; the
	 * outcome is `unknown` when the response was lost and the call may have had an effect
	 */
	async call<Answer>(call: ServiceCall<Answer>): Promise<Answer> {
		assertAddressable(call);
		const { transport, logger, signal } = this.options;
		return await withRetry(async () => await this.authorized(call), {
			transport,
			effect: call.effect,
			signal,
			onRetry: ({ facts }, wait, attempt) =>
				logger?.warn(
					`${this.service.wording.name} ${call.step}: ${facts.title}; attempt ${attempt + 1} in ${Math.round(wait)} ms`,
					{ code: facts.code, requestId: facts.requestId },
				),
		});
	}

	/** Makes the call, and repeats one that was not authorized: it was not carried out. */
	private async authorized<Answer>(call: ServiceCall<Answer>): Promise<Answer> {
		const request = this.requestOf(call);
		const { signal } = this.options;
		const authorization = await this.service.authorize(request, signal);
		return await recover(
			async () => await this.attempt(call, request, authorization),
			async (error) => {
				const isSafe = mayRepeat(error.facts.outcome, call.effect);
				if (!isSafe || !this.service.renew(error, authorization)) return error;
				const again = async () =>
					await this.attempt(call, request, await this.service.authorize(request, signal));
				return await recover(again, (second) =>
					second.with({ outcome: overallOf(second, error, call.effect) }),
				);
			},
		);
	}

	private requestOf({ method, path, query = {}, body }: ServiceCall<unknown>): OutgoingRequest {
		return {
			method,
			path,
			url: this.service.baseUrlOf(path) + addressOf(path, query),
			body: body ? JSON.stringify(body) : '',
			accept: ACCEPT,
			contentType: body ? JSON_TYPE : '',
		};
	}

	private async attempt<Answer>(
		call: ServiceCall<Answer>,
		{ method, url, body, accept, contentType }: OutgoingRequest,
		{ headers, query = {}, token }: Authorization,
	): Promise<Answer> {
		const { step, patience } = call;
		const settle = await this.admit(step);
		const response = await sendRequest(this.transport, {
			step,
			patience,
			method,
			url: withQuery(url, query),
			headers: { Accept: accept, ...(contentType && { 'Content-Type': contentType }), ...headers },
			body: body || undefined,
		}).finally(settle);
		return await recover(
			async () => readAnswer(this.service.wording, withoutToken(response, token), call),
			async (error) => {
				if (error.facts.retry === 'throttled') this.slowDown(step);
				return error;
			},
		);
	}

	/** Waits until the call may start. @returns a function to call when the response has arrived */
	private async admit(step: string): Promise<() => void> {
		const rate = this.rateOf(step);
		const { transport, signal } = this.options;
		if (rate) return await limiter.admit(rate.key, rate.perSecond, transport, signal);
		if (signal?.aborted) await transport.wait(0, signal);
		return () => {};
	}

	private slowDown(step: string): void {
		const rate = this.rateOf(step);
		if (rate) limiter.slowDown(rate.key, rate.perSecond);
	}

	/** Returns the rate limit of a call: the services count each kind of call separately. */
	private rateOf(step: string): Service['rate'] {
		const { rate } = this.service;
		return rate && { ...rate, key: `${rate.key} ${step}` };
	}
}

/** The outcome of a call that was made twice. */
function overallOf({ facts }: UploadError, first: UploadError, effect: Effect): Outcome {
	return overall(facts.outcome, effect, first.facts.outcome === 'unknown');
}

/** Shorter ones are no secret, but could be a part of any text. */
const MIN_TOKEN_LENGTH = 12;

function withoutToken({ text, ...response }: HttpResponse, token = ''): HttpResponse {
	if (token.length < MIN_TOKEN_LENGTH) return { ...response, text };
	return { ...response, text: text.replaceAll(token, '***') };
}
