/** Which of the two servers of a service a request came to. */
export type Front = 'api' | 'oss';

/** A digest the OSS front computes of what it stores. */
export type HashName = 'md5' | 'sha256' | 'crc64';

/** What the start of every service may be told; everything has a default. */
export interface ServiceOptions {
	/** Port of the API front; 0 (default) takes any free one. Always on 127.0.0.1. */
	apiPort?: number;
	/** Port of the OSS front; 0 (default) takes any free one. */
	ossPort?: number;
	/** The clock, in milliseconds; default `Date.now`. */
	now?: () => number;
	/** Added to every request on both fronts. */
	latencyMs?: number;
	/** Keep the stored bytes for inspection; default false. Size and digests are always kept. */
	keepBytes?: boolean;
}

/** One request a service received. Filled in as it goes on: `status` is 0 until answered. */
export interface RecordedCall<Name extends string = string> {
	/** When it arrived, by the service's clock. */
	at: number;
	front: Front;
	name: Name;
	method: string;
	/** Path without the query, as sent. */
	path: string;
	query: Record<string, string>;
	headers: Record<string, string>;
	/** The parsed body of an API request. */
	body?: unknown;
	/** HTTP status answered; 0 while, and when, there was no answer. */
	status: number;
	/** The error code answered, if any. */
	code?: string;
	/** Number of the TCP connection it came on, from 1, per front. */
	connection: number;
	/** Body bytes received so far (OSS front). */
	bytes?: number;
}

/** What OSS knows of bytes it stored. */
export interface StoredBytes {
	size: number;
	/** Lower-case hex. */
	md5: string;
	/** Lower-case hex. */
	sha256: string;
	/** Decimal, as OSS prints it. */
	crc64: string;
	/** Only with `keepBytes`. */
	bytes?: Buffer;
}

/** When, within a request, a socket is reset. */
export type ResetMoment = 'beforeBody' | 'duringBody' | 'afterBody' | 'afterWork';

/** An answer in place of the real one. */
export interface AnyAnswer {
	status: number;
	body?: unknown;
	headers?: Record<string, string>;
	/** Something in between gives it: it has none of the headers of the service. */
	elsewhere?: true;
}

/** What becomes of the headers of an answer on their way. */
export interface HeaderChange {
	change: (headers: Record<string, string>) => Record<string, string>;
}

/** The service's own error. */
export interface OwnError {
	kind: 'apiError';
	status: number;
	code: string;
	message?: string;
	/** DingTalk only. */
	requiredScopes?: string[];
}

/** What goes wrong. */
export type Fault =
	/** Any answer; the request is not carried out. Text and bytes go as they are, the rest as JSON. */
	| ({ kind: 'answer' } & AnyAnswer)
	/** The request is carried out, then this is answered instead. */
	| ({ kind: 'answerAfter' } & AnyAnswer)
	/** Carried out; before the answer come so many of "100 Continue", which nobody asked for. */
	| { kind: 'interim'; heads: number }
	/** Carried out; the answer is encoded, which nobody asked for. */
	| { kind: 'encodedAnswer'; encoding: string }
	/** Storage only. Carried out; the headers of a successful answer are changed on the way. */
	| ({ kind: 'changedHeaders' } & HeaderChange)
	/** On DingTalk's `/topapi` paths use `answer`. */
	| OwnError
	/** OSS's XML error. */
	| { kind: 'ossError'; status: number; code: string; message?: string }
	/**
	 * The connection is reset (RST). `duringBody` defaults to half of the Content-Length; at a GET it is
	 * the body of the answer.
	 */
	| { kind: 'reset'; when: ResetMoment; afterBytes?: number }
	/**
	 * Reading stops after so many bytes (default 0), and no answer ever comes; at a GET of the storage
	 * the answer stops.
	 */
	| { kind: 'stall'; afterBytes?: number }
	/** The request is read and carried out, but no answer ever comes. */
	| { kind: 'stallAnswer' }
	/** The body is read at this speed; at a GET of the storage it is sent at it. */
	| { kind: 'slow'; bytesPerSecond: number }
	/** The request waits before it is looked at. */
	| { kind: 'delay'; ms: number }
	/** The same, until something else has happened; then it may meet another fault. */
	| { kind: 'hold'; until: Promise<unknown>; then?: Fault }
	/** It is carried out, but its answer waits until something else has happened. */
	| { kind: 'holdAnswer'; until: Promise<unknown> }
	/** Carried out; half of the answer is sent, then the connection ends. */
	| { kind: 'truncatedAnswer' }
	/** Carried out; the answer comes at this speed, an answer without a body from its head on. */
	| { kind: 'slowAnswer'; bytesPerSecond: number }
	/** API only. Carried out; the JSON of a successful answer is changed on the way. */
	| { kind: 'changedAnswer'; change: (body: Record<string, unknown>) => unknown }
	/** Carried out; the answer begins with these header lines, so that a name may come twice. */
	| { kind: 'moreHeaders'; lines: Array<[name: string, value: string]> }
	/** Not carried out. */
	| { kind: 'redirect'; location: string; status: number }
	/**
	 * Storage only. One byte is stored changed, by default the first, and the digests say so; the
	 * headers of the answer may be changed on the way. At a GET the byte is changed on the way.
	 */
	| ({ kind: 'corrupt'; at?: 'first' | 'middle' | 'last' } & Partial<HeaderChange>)
	/**
	 * Storage only. Other bytes are stored, and the digests say so, unless their headers change. At a
	 * GET the object has other bytes.
	 */
	| ({ kind: 'otherBytes'; bytes: Buffer } & HeaderChange)
	/** Storage only. At a GET: the storage knows no ranges and gives the whole object. */
	| { kind: 'noRanges' }
	/** Storage only. The transfer is cut, and what arrived until then (default: half) is stored. */
	| { kind: 'shortPart'; afterBytes?: number }
	/**
	 * Storage only. Something in between takes the bytes, throws them away and answers with success
	 * and these headers.
	 */
	| { kind: 'lostPart'; headers?: Record<string, string> };

/** Which requests meet a fault. The first rule that fits wins. */
export interface FaultRule<Name extends string = string> {
	call: Name;
	/** How many requests meet it; default 1. */
	times?: number;
	/** How many pass unharmed first; default 0. */
	after?: number;
	/**
	 * Narrows the rule. The body is there for API calls, except when the fault strikes before
	 * the body is read (`stall`, `reset` beforeBody and duringBody) and on the OSS front.
	 */
	when?(call: RecordedCall<Name>): boolean;
	fault: Fault;
}

/** A running service: what it is reached by, what it saw, and what shall go wrong. */
export interface LocalService<Name extends string = string> {
	/** Of the API, e.g. http://127.0.0.1:9101. */
	readonly apiUrl: string;
	/** Of the object storage behind the upload addresses. */
	readonly ossUrl: string;
	/** Every request so far, on both fronts, in order of arrival. */
	readonly calls: Array<RecordedCall<Name>>;
	/** The requests of one kind. */
	callsOf(name: Name): Array<RecordedCall<Name>>;
	/** TCP connections since the start or the last reset, and those open now. */
	connections(front: Front): { opened: number; open: number };
	/** Lets requests fail from now on. */
	fail(rule: FaultRule<Name>): void;
	/**
	 * Stops listening: new connections are refused, those that idle end, and one that carries a
	 * request ends with its answer.
	 */
	refuse(front: Front): void;
	/** Listens again where it did before. */
	accept(front: Front): Promise<void>;
	/** Back to the start: the seed, no calls, no faults, no tokens but the seed's. */
	reset(): void;
	/** Makes every token invalid, the seed's too. */
	revokeTokens(): void;
	/** Stops both servers and ends every connection. */
	close(): Promise<void>;
}
