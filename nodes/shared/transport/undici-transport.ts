import { Buffer } from 'node:buffer';
import { setImmediate as nextCycle, setTimeout as delay } from 'node:timers/promises';
import { request as undiciRequest, type Dispatcher } from 'undici';

import { dispatcherFor } from './dispatchers';
import { LinkedAbort } from './linked-abort';
import { StallWatch } from './stall-watch';
import { toTransportError, TransportError } from './transport-error';
import {
	MAX_ANSWER_BYTES,
	type EgressFilter,
	type HttpRequest,
	type HttpResponse,
	type StreamBody,
	type Transport,
} from './types';

export interface TransportOptions {
	/** Aborted when the execution is stopped or its time limit is reached. */
	cancelSignal?: AbortSignal;
	/** Present where the n8n server offers one (n8n 2.28 and newer). */
	egressFilter?: EgressFilter;
}

/** {@link Transport} over undici: kept connections, streams with back-pressure, no redirects. */
export class UndiciTransport implements Transport {
	constructor(private readonly options: TransportOptions = {}) {}

	async send(request: HttpRequest): Promise<HttpResponse> {
		const url = new URL(request.url);
		await this.assertAllowed(url);
		const watch = new StallWatch(request.timeout, [this.options.cancelSignal, request.signal]);
		const progress = { sent: false, given: 0 };
		try {
			const answer = await undiciRequest(url, {
				method: request.method,
				headers: headersOf(request),
				body: bodyOf(request.body, watch, progress),
				signal: watch.signal,
				dispatcher: dispatcherFor(url, this.options.egressFilter),
			});
			progress.sent = true;
			if (answer.statusCode < 300 && progress.given < sizeOf(request.body)) {
				watch.abort();
				throw new TransportError('reset', url.host, true, 'ANSWERED_EARLY');
			}
			return {
				status: answer.statusCode,
				headers: flatten(answer.headers),
				text: await readText(answer, url.host, watch),
			};
		} catch (error) {
			throw this.explain(error, url, watch, progress.sent);
		} finally {
			watch.stop();
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
			return await Promise.race([work, rejectedBy(link.signal)]);
		} finally {
			link.unlink();
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

function sizeOf(body: HttpRequest['body']): number {
	return typeof body === 'object' ? body.size : 0;
}

function headersOf({ headers, body }: HttpRequest): Record<string, string> {
	if (body === undefined) return headers;
	const size = typeof body === 'string' ? Buffer.byteLength(body) : body.size;
	return { ...headers, 'Content-Length': String(size) };
}

/** Every chunk that the connection takes is progress. */
function bodyOf(
	body: string | StreamBody | undefined,
	watch: StallWatch,
	progress: { sent: boolean; given: number },
): Dispatcher.DispatchOptions['body'] {
	if (body === undefined) return body;
	return (async function* (): AsyncGenerator<Uint8Array> {
		progress.sent = true;
		if (typeof body === 'string') {
			yield Buffer.from(body);
			return;
		}
		// The last chunk goes out when the source is known to be at its end: an answer that comes before
		// undici has seen the end of the body would cost the connection.
		let held: Uint8Array | undefined;
		for await (const chunk of body.chunks()) {
			watch.progress();
			if (held) {
				progress.given += held.length;
				yield held;
			}
			held = chunk;
		}
		progress.given += held?.length ?? 0;
		if (held) yield held;
		watch.allSent(body.size);
	})() as unknown as Dispatcher.DispatchOptions['body'];
}

async function readText(
	{ body }: Dispatcher.ResponseData,
	host: string,
	watch: StallWatch,
): Promise<string> {
	const chunks: Buffer[] = [];
	const begun = performance.now();
	let size = 0;
	for await (const chunk of body as AsyncIterable<Buffer>) {
		watch.answerProgress(begun);
		size += chunk.length;
		if (size > MAX_ANSWER_BYTES) throw new TransportError('oversize', host, true, 'TOO_LARGE');
		chunks.push(chunk);
	}
	// undici gives a connection free a cycle after its answer: a call made at once would open another.
	await nextCycle();
	return Buffer.concat(chunks).toString('utf8');
}

function flatten(headers: Dispatcher.ResponseData['headers']): Record<string, string> {
	return Object.fromEntries(
		Object.entries(headers).map(([name, value]) => [
			name.toLowerCase(),
			(Array.isArray(value) ? value[0] : value) ?? '',
		]),
	);
}

async function rejectedBy(signal: AbortSignal): Promise<never> {
	return await new Promise((_, reject) => {
		if (signal.aborted) reject(cancelled());
		signal.addEventListener('abort', () => reject(cancelled()));
	});
}

function cancelled(): TransportError {
	return new TransportError('cancelled', '', false, 'ABORTED');
}
