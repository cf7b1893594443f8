import { Buffer } from 'node:buffer';
import { setImmediate as nextCycle, setTimeout as delay } from 'node:timers/promises';
import { request as undiciRequest, type Dispatcher } from 'undici';

import { abortable } from './abortable';
import { decoded } from './content-encoding';
import { dispatcherFor } from './dispatchers';
import { LinkedAbort } from './linked-abort';
import { StallWatch } from './stall-watch';
import { streamed } from './streamed-response';
import { toTransportError, TransportError } from './transport-error';
import {
	MAX_ANSWER_BYTES,
	type EgressFilter,
	type HttpRequest,
	type HttpResponse,
	type StreamBody,
	type StreamedResponse,
	type Transport,
} from './types';
import { USER_AGENT } from './user-agent';

/** Milliseconds that a cycle of the event loop takes only if somebody works in it. */
const BUSY = 0.3;

/** Cycles that a busy process has for itself before the caller goes on. */
const MAX_CYCLES = 8;

export interface TransportOptions {
	/** Aborted when the execution is stopped or reaches its time limit. */
	cancelSignal?: AbortSignal;
	/** Set where the n8n server offers one (n8n 2.28 and newer). */
	egressFilter?: EgressFilter;
}

/**
 * Implements {@link Transport} with undici: keep-alive, streaming with backpressure, no redirects.
 */
export class UndiciTransport implements Transport {
	constructor(private readonly options: TransportOptions = {}) {}

	async send(request: HttpRequest): Promise<HttpResponse> {
		return await this.exchange(request, whole);
	}

	async receive(request: HttpRequest): Promise<HttpResponse | StreamedResponse> {
		const read = async (answer: Dispatcher.ResponseData, attempt: Attempt) => {
			if (answer.statusCode >= 300) return await whole(answer, attempt);
			const { host, watch, explain } = attempt;
			attempt.passedOn = true;
			return streamed(answer, flatten(answer.headers), { host, watch, explain });
		};
		return await this.exchange(request, read);
	}

	/** Sends a request, and reads its response as told. */
	private async exchange<T>(
		request: HttpRequest,
		read: (answer: Dispatcher.ResponseData, attempt: Attempt) => Promise<T>,
	): Promise<T> {
		const url = new URL(request.url);
		await this.assertAllowed(url);
		const watch = this.watch(request.timeout, request.signal);
		const progress = { begun: false, given: 0 };
		const explain = (error: unknown) => {
			// Without a body nothing shows that sending began, so it counts as sent; an error of the
			// connector still says that nothing was.
			const sent = progress.begun || request.body === undefined;
			return this.explain(error, url, watch, sent);
		};
		const attempt = { request, host: url.host, watch, progress, explain, passedOn: false };
		try {
			const asked = undiciRequest(url, {
				method: request.method,
				headers: headersOf(request),
				body: bodyOf(request.body, watch, progress),
				signal: watch.signal,
				dispatcher: dispatcherFor(url, this.options.egressFilter),
			});
			const answer = await untilConnected(asked, watch.signal, progress);
			progress.begun = true;
			return await read(answer, attempt);
		} catch (error) {
			throw explain(error);
		} finally {
			if (!attempt.passedOn) watch.stop();
		}
	}

	async wait(milliseconds: number, signal?: AbortSignal): Promise<void> {
		const link = new LinkedAbort([this.options.cancelSignal, signal]);
		try {
			await delay(milliseconds, undefined, { signal: link.signal });
		} catch {
			throw cancelled();
		} finally {
			link.unlink();
		}
	}

	async orCancelled<T>(work: Promise<T>, signal?: AbortSignal): Promise<T> {
		const link = new LinkedAbort([this.options.cancelSignal, signal]);
		try {
			return await abortable(work, link.signal);
		} finally {
			link.unlink();
		}
	}

	watch(timeout: number, signal?: AbortSignal): StallWatch {
		return new StallWatch(timeout, [this.options.cancelSignal, signal]);
	}

	async giveWay(): Promise<void> {
		for (let cycle = 0; cycle < MAX_CYCLES; cycle++) {
			const begun = performance.now();
			await nextCycle();
			if (performance.now() - begun < BUSY) return;
		}
	}

	private async assertAllowed(url: URL): Promise<void> {
		const verdict = await this.options.egressFilter?.validateUrl(url);
		if (verdict && !verdict.ok) {
			throw new TransportError('forbidden', url.host, false, 'EGRESS', { cause: verdict.error });
		}
	}

	private explain(error: unknown, url: URL, watch: StallWatch, sent: boolean): TransportError {
		if (watch.stalled) return new TransportError('stalled', url.host, sent, 'NO_PROGRESS');
		if (watch.cancelled) return new TransportError('cancelled', url.host, sent, 'ABORTED');
		return toTransportError(error, url.host, sent);
	}
}

/**
 * Applies the signal before there is a connection: undici heeds it only after connecting, and a
 * proxy may keep it waiting forever.
 */
async function untilConnected<T>(
	asked: Promise<T>,
	signal: AbortSignal,
	progress: { begun: boolean },
): Promise<T> {
	const waiting = new AbortController();
	const onAbort = () => {
		if (!progress.begun) waiting.abort();
	};
	if (signal.aborted) onAbort();
	signal.addEventListener('abort', onAbort);
	try {
		return await abortable(asked, waiting.signal);
	} finally {
		signal.removeEventListener('abort', onAbort);
	}
}

function sizeOf(body: HttpRequest['body']): number {
	return typeof body === 'object' ? body.size : 0;
}

function headersOf({ headers, body }: HttpRequest): Record<string, string> {
	const names = Object.keys(headers).map((name) => name.toLowerCase());
	const own = Object.entries(OWN_HEADERS).filter(([name]) => !names.includes(name.toLowerCase()));
	const all = { ...headers, ...Object.fromEntries(own) };
	if (body === undefined) return all;
	const size = typeof body === 'string' ? Buffer.byteLength(body) : body.size;
	return { ...all, 'Content-Length': String(size) };
}

/** Headers of every request that does not set them itself. */
const OWN_HEADERS = { 'User-Agent': USER_AGENT, 'Accept-Encoding': 'identity' };

/** Returns the body; every chunk that the connection takes counts as progress. */
function bodyOf(
	body: string | StreamBody | undefined,
	watch: StallWatch,
	progress: { begun: boolean; given: number },
): Dispatcher.DispatchOptions['body'] {
	if (body === undefined) return body;
	return (async function* (): AsyncGenerator<Uint8Array> {
		progress.begun = true;
		if (typeof body === 'string') {
			yield Buffer.from(body);
			return;
		}
		// The last chunk is sent only once the source has ended: undici drops a connection whose
		// response comes before it has seen the end of the body.
		let held: Uint8Array | undefined;
		// The source has its own watch: the connection has not stalled while it waits for the source.
		watch.rest();
		for await (const chunk of body.chunks(watch.signal)) {
			watch.progress();
			if (held) {
				progress.given += held.length;
				yield held;
			}
			held = chunk;
			watch.rest();
		}
		watch.progress();
		progress.given += held?.length ?? 0;
		if (held) yield held;
		watch.allSent(body.size);
	})() as unknown as Dispatcher.DispatchOptions['body'];
}

/** One request under way. */
interface Attempt {
	request: HttpRequest;
	host: string;
	watch: StallWatch;
	progress: { given: number };
	explain: (error: unknown) => TransportError;
	/** Whether the watch ends with the response, not with the attempt. */
	passedOn: boolean;
}

/** Reads a whole response. */
async function whole(
	answer: Dispatcher.ResponseData,
	{ request, host, watch, progress }: Attempt,
): Promise<HttpResponse> {
	const size = sizeOf(request.body);
	if (answer.statusCode < 300 && progress.given < size) {
		watch.abort();
		throw new TransportError('reset', host, true, 'ANSWERED_EARLY');
	}
	const headers = flatten(answer.headers);
	const bytes = await readAll(answer, host, watch);
	// Stops sending a file that was refused already.
	if (progress.given < size) watch.abort();
	const plain = await decoded(bytes, headers['content-encoding'] ?? '', host);
	return { status: answer.statusCode, headers, text: plain.toString('utf8') };
}

async function readAll(
	{ body }: Dispatcher.ResponseData,
	host: string,
	watch: StallWatch,
): Promise<Buffer> {
	const chunks: Buffer[] = [];
	const begun = performance.now();
	let size = 0;
	for await (const chunk of body as AsyncIterable<Buffer>) {
		watch.answerProgress(begun);
		size += chunk.length;
		if (size > MAX_ANSWER_BYTES) throw new TransportError('oversize', host, true, 'TOO_LARGE');
		chunks.push(chunk);
	}
	// undici frees a connection one cycle after the response: a call made at once would open another.
	await nextCycle();
	return Buffer.concat(chunks);
}

function flatten(headers: Dispatcher.ResponseData['headers']): Record<string, string> {
	return Object.fromEntries(
		Object.entries(headers).map(([name, value]) => [
			name.toLowerCase(),
			(Array.isArray(value) ? value[0] : value) ?? '',
		]),
	);
}

function cancelled(): TransportError {
	return new TransportError('cancelled', '', false, 'ABORTED');
}
