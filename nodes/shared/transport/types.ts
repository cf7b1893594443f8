import type { LookupFunction } from 'node:net';

/** The methods of n8n's `NodeEgressFilter` (n8n 2.28 and newer) that the transport uses. */
export interface EgressFilter {
	validateUrl(url: string | URL): Promise<{ ok: true } | { ok: false; error: Error }>;
	validateConnectionHost(host: string): { ok: true } | { ok: false; error: Error };
	createSecureLookup(): LookupFunction;
}

/** A body whose length is known before its first byte is read. */
export interface StreamBody {
	/** Number of bytes that `chunks` yields; becomes Content-Length. */
	size: number;
	/**
	 * Called once, when the connection is ready for the body.
	 *
	 * @param signal aborted when the request is given up; the source must then be closed
	 */
	chunks(signal: AbortSignal): AsyncIterable<Uint8Array>;
}

export interface HttpRequest {
	method: 'GET' | 'POST' | 'PUT' | 'DELETE';
	url: string;
	/** Sent unchanged; an empty value is sent as an empty header. */
	headers: Record<string, string>;
	body?: string | StreamBody;
	/** Milliseconds without progress after which the request is given up. */
	timeout: number;
	signal?: AbortSignal;
}

export interface HttpResponse {
	status: number;
	/** Names in lower case; of repeated headers only the first. */
	headers: Record<string, string>;
	/** The body, of at most {@link MAX_ANSWER_BYTES} bytes. */
	text: string;
}

/** A successful response whose body is still arriving. */
export interface StreamedResponse extends Pick<HttpResponse, 'status' | 'headers'> {
	/**
	 * The body as it arrives, without a limit. It is read as fast as it is consumed, and once; leaving
	 * the loop closes the response.
	 *
	 * @throws {TransportError} when the connection breaks or stalls, or with the execution
	 */
	body: AsyncGenerator<Uint8Array>;
	/** Frees the connection; must be called at the end, may be called at any time and again. */
	close(): void;
}

/** Largest response that is read, in bytes; the services send a few kilobytes. */
export const MAX_ANSWER_BYTES = 4 * 1024 * 1024;

/** Notices when something that should make progress has stalled. */
export interface ProgressWatch {
	/** Aborted when nothing has moved for the whole timeout, or with the execution. */
	readonly signal: AbortSignal;
	/** Whether the signal was aborted because nothing moved. */
	readonly stalled: boolean;
	/** Restarts the timer: something has moved, or must move from now on. */
	progress(): void;
	/** Pauses the watch until `progress` is called. */
	rest(): void;
	/** Aborts the signal. */
	abort(): void;
	/** Stops the timer and the listeners; must be called at the end. */
	stop(): void;
}

/** The part of the transport that service calls need. */
export type CallTransport = Pick<Transport, 'send' | 'wait' | 'orCancelled'>;

/** The only interface to the network: code above it knows neither sockets nor undici. */
export interface Transport {
	/**
	 * Sends one request and reads the whole response. Redirects are returned, never followed.
	 *
	 * @throws {TransportError} when there is no complete response; it tells whether the request was
	 * sent
	 */
	send(request: HttpRequest): Promise<HttpResponse>;
	/**
	 * Sends one request and returns as soon as its response begins, so that a body of any size passes
	 * through. A status of 300 or more comes as a whole response, as from `send`.
	 *
	 * @throws {TransportError} as `send`; `encoded` for a body that is not sent as it is
	 */
	receive(request: HttpRequest): Promise<HttpResponse | StreamedResponse>;
	/** Waits, or throws as soon as the execution is cancelled. */
	wait(milliseconds: number, signal?: AbortSignal): Promise<void>;
	/** Waits for other work, or throws as soon as the execution is cancelled. */
	orCancelled<T>(work: Promise<T>, signal?: AbortSignal): Promise<T>;
	/**
	 * Watches something that should make progress, such as reading a file.
	 *
	 * @param timeout milliseconds
	 */
	watch(timeout: number, signal?: AbortSignal): ProgressWatch;
	/**
	 * Lets everything else in the process go first: until nobody else works, or for some cycles of the
	 * event loop.
	 */
	giveWay(): Promise<void>;
}
