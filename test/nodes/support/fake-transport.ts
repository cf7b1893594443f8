import type {
	HttpRequest,
	HttpResponse,
	StreamedResponse,
	Transport,
} from '../../../nodes/shared/transport';
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

	/** A success comes as one chunk. */
	async receive(request: HttpRequest): Promise<HttpResponse | StreamedResponse> {
		const answer = await this.send(request);
		const { status, headers, text } = answer;
		return status < 300 ? { status, headers, body: chunkOf(text), close: () => {} } : answer;
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

async function* chunkOf(text: string): AsyncGenerator<Uint8Array> {
	yield Buffer.from(text);
}

/** An answer with a JSON or text body. */
export function answerOf(
	status: number,
	body: unknown,
	headers: Record<string, string> = {},
): HttpResponse {
	return { status, headers, text: typeof body === 'string' ? body : JSON.stringify(body) };
}
