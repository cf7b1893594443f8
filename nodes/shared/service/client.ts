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

/** A call of a service; its answer is read by `read`. */
export interface ServiceCall<Answer> extends Question<Answer> {
	method: 'GET' | 'POST';
	/** Segments of the path; each is encoded, so that no id can leave its place. */
	path: string[];
	query?: Query;
	body?: IDataObject;
	/** What carrying it out leaves behind: whether it may be made again when its answer is lost. */
	effect: Effect;
	/** Milliseconds of silence after which it is given up; default 30 seconds. */
	patience?: number;
}

/** A request before it is let in. */
export interface OutgoingRequest {
	method: ServiceCall<unknown>['method'];
	path: string[];
	/** Without what lets it in. */
	url: string;
	/** Empty when there is none. */
	body: string;
	accept: string;
	/** Empty when there is no body. */
	contentType: string;
}

/** What lets a request in. */
export interface Authorization {
	headers?: Record<string, string>;
	query?: Query;
	/** The token in it: an answer that quotes it is shown without it. */
	token?: string;
}

/** What a client has to know of a service and of the account that it is called with. */
export interface Service {
	wording: Wording;
	/** Without a slash at the end. */
	baseUrlOf(path: string[]): string;
	/** @param signal ends waiting for a token */
	authorize(request: OutgoingRequest, signal?: AbortSignal): Promise<Authorization>;
	/**
	 * Told that the service has refused what was authorized so.
	 * @returns whether a new authorization may be let in
	 */
	renew(error: UploadError, refused: Authorization): boolean;
	/** What the service counts together, and how often a second it lets that happen. */
	rate?: { key: string; perSecond: number };
}

export interface ClientOptions {
	transport: Transport;
	logger?: Logger;
	/** Aborted when another file has failed: no call is begun then, none under way is cut off. */
	signal?: AbortSignal;
}

/** The rate is counted per account by the services, so its limiter is shared by the process. */
const limiter = new RateLimiter();

/** Makes calls with one account: token, rate, retries and errors are dealt with here. */
export class ServiceClient {
	readonly transport: Transport;

	constructor(
		private readonly service: Service,
		private readonly options: ClientOptions,
	) {
		this.transport = options.transport;
	}

	/**
	 * Makes a call, again where that is safe and may help.
	 *
	 * @throws {UploadError} in words, with the service's code and request id; its outcome is `unknown`
	 * when the call may have left something although its answer is lost
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

	/** What was not let in was not carried out, so it is asked once more. */
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
		{ step, patience, read }: ServiceCall<Answer>,
		{ method, url, body, accept, contentType }: OutgoingRequest,
		{ headers, query = {}, token }: Authorization,
	): Promise<Answer> {
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
			async () => readAnswer(this.service.wording, withoutToken(response, token), { step, read }),
			async (error) => {
				if (error.facts.retry === 'throttled') this.slowDown(step);
				return error;
			},
		);
	}

	/** Waits until the call may begin. @returns to be called when its answer is there */
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

	/** The services count each call of an account by itself. */
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
