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
	/** Called once, when the connection is ready for the body. */
	chunks(): AsyncIterable<Uint8Array>;
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
}
