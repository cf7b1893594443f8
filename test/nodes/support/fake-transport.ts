import type { HttpRequest, HttpResponse, Transport } from '../../../nodes/shared/transport';
import { StallWatch } from '../../../nodes/shared/transport/stall-watch';

/** A transport that answers as told and never waits, but writes down how long it would have. */
export class FakeTransport implements Transport {
	readonly requests: HttpRequest[] = [];

	readonly waits: number[] = [];

	constructor(
		private readonly answer: (request: HttpRequest) => Promise<HttpResponse> | HttpResponse = () =>
			answerOf(200, {}),
	) {}

	async send(request: HttpRequest): Promise<HttpResponse> {
		this.requests.push(request);
		return await this.answer(request);
	}

	async wait(milliseconds: number): Promise<void> {
		this.waits.push(milliseconds);
	}

	async orCancelled<T>(work: Promise<T>): Promise<T> {
		return await work;
	}

	watch(timeout: number, signal?: AbortSignal): StallWatch {
		return new StallWatch(timeout, [signal]);
	}

	async giveWay(): Promise<void> {}
}

/** An answer with a JSON or text body. */
export function answerOf(
	status: number,
	body: unknown,
	headers: Record<string, string> = {},
): HttpResponse {
	return { status, headers, text: typeof body === 'string' ? body : JSON.stringify(body) };
}
