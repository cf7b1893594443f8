import type { LookupFunction } from 'node:net';

/** The part of n8n's `NodeEgressFilter` (n8n 2.28 and newer) that the transport asks. */
export interface EgressFilter {
	validateUrl(url: string | URL): Promise<{ ok: true } | { ok: false; error: Error }>;
	validateConnectionHost(host: string): { ok: true } | { ok: false; error: Error };
	createSecureLookup(): LookupFunction;
}

/** A body whose length is known before the first byte is read. */
export interface StreamBody {
	/** Bytes that `chunks` will give; becomes Content-Length. */
	size: number;
	/**
	 * Called once, when the connection is ready for the body.
	 * @param signal aborted when the request is given up: what is read is to be closed then
	 */
	chunks(signal: AbortSignal): AsyncIterable<Uint8Array>;
}

export interface HttpRequest {
	method: 'GET' | 'POST' | 'PUT';
	url: string;
	/** Sent as they are; an empty value is sent as an empty header. */
	headers: Record<string, string>;
	body?: string | StreamBody;
	/** Milliseconds without any progress after which the request is given up. */
	timeout: number;
	signal?: AbortSignal;
}

export interface HttpResponse {
	status: number;
	/** Names in lower case; of repeated headers the first. */
	headers: Record<string, string>;
	/** At most {@link MAX_ANSWER_BYTES} bytes of the answer. */
	text: string;
}

/** Answers of the services are a few kilobytes; anything larger than this is not read further. */
export const MAX_ANSWER_BYTES = 4 * 1024 * 1024;

/** Looks after something that should move. */
export interface ProgressWatch {
	/** Aborted when nothing has moved for as long as the timeout allows, or with the execution. */
	readonly signal: AbortSignal;
	/** Whether it was aborted because nothing moved. */
	readonly stalled: boolean;
	/** It moves, or is to move from now on. */
	progress(): void;
	/** It need not move until it is asked to. */
	rest(): void;
	/** Gives it up. */
	abort(): void;
	/** To be called at the end. */
	stop(): void;
}

/** What calls of a service need of the network. */
export type CallTransport = Pick<Transport, 'send' | 'wait' | 'orCancelled'>;

/** The one interface to the network: everything above it is free of sockets and of undici. */
export interface Transport {
	/**
	 * Sends one request and reads the whole answer. Redirects are answers, never followed.
	 *
	 * @throws {TransportError} when no answer came, with how far the request had got
	 */
	send(request: HttpRequest): Promise<HttpResponse>;
	/** Waits, or throws as soon as the execution is cancelled. */
	wait(milliseconds: number, signal?: AbortSignal): Promise<void>;
	/** What somebody else is working on, or throws as soon as the execution is cancelled. */
	orCancelled<T>(work: Promise<T>, signal?: AbortSignal): Promise<T>;
	/** Watches what should move, e.g. a file that is read. @param timeout milliseconds */
	watch(timeout: number, signal?: AbortSignal): ProgressWatch;
	/** Lets everything else in the process go on for a moment. */
	breathe(): Promise<void>;
}
