/** The kinds of request the service knows, as tests name them. */
export type CallName =
	| 'token'
	| 'corpToken'
	| 'unifiedToken'
	| 'legacyToken'
	| 'uploadInfo'
	| 'ossPut'
	| 'commit'
	| 'docUploadInfo'
	| 'docPut'
	| 'listWorkspaces'
	| 'mineWorkspace'
	| 'getWorkspace'
	| 'listNodes'
	| 'getNode'
	| 'queryByUrl'
	| 'queryDentryUuid'
	| 'queryDentryId'
	| 'createDoc'
	| 'createFolder'
	| 'userGet'
	| 'userGetByMobile'
	| 'userGetByUnionId'
	| 'contactUser'
	| 'searchWorkspaces'
	| 'searchDentries'
	| 'unknown';

/** Which of the two servers a request came to. */
export type Front = 'api' | 'oss';

/** A digest the OSS front computes of what it stores. */
export type HashName = 'md5' | 'sha256' | 'crc64';

/** How the local service behaves; everything has a default. */
export interface LocalDingTalkOptions {
	/** Port of the API front; 0 (default) takes any free one. Always on 127.0.0.1. */
	apiPort?: number;
	/** Port of the OSS front; 0 (default) takes any free one. */
	ossPort?: number;
	/** The clock, in milliseconds; default `Date.now`. */
	now?: () => number;
	/** Added to every request on both fronts. */
	latencyMs?: number;
	/** Calls a second allowed per app and API; 0 (default) switches the limit off. */
	callsPerSecond?: number;
	/** Life of an access token; default 7200. */
	tokenLifeSeconds?: number;
	/** Life of a signature (`expirationSeconds`), which OSS enforces; default 900. */
	signatureLifeSeconds?: number;
	/** Life of an upload key, which the commit enforces; default 900. */
	uploadKeyLifeSeconds?: number;
	/** Keep the stored bytes for inspection; default false. Size and digests are always kept. */
	keepBytes?: boolean;
	/** Digests to compute; default all. Fewer make a faster server; a missing one reads as ''. */
	hashes?: HashName[];
}

/** One request the service received. Filled in as it goes on: `status` is 0 until answered. */
export interface RecordedCall {
	/** When it arrived, by the service's clock. */
	at: number;
	front: Front;
	name: CallName;
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

/** One property an app hangs on a file. */
export interface AppProperty {
	name: string;
	value: string;
	visibility: 'PUBLIC' | 'PRIVATE';
}

/** A file or folder as commitFile returns it. */
export interface DentryFields {
	id: string;
	spaceId: string;
	parentId: string;
	type: 'FILE' | 'FOLDER';
	name: string;
	size: number;
	path: string;
	version: number;
	status: 'NORMAL' | 'DELETED' | 'EXPIRED';
	extension: string;
	creatorId: string;
	modifierId: string;
	createTime: string;
	modifiedTime: string;
	properties: { readOnly: boolean };
	appProperties: Record<string, AppProperty[]>;
	uuid: string;
	partitionType: 'PUBLIC_OSS_PARTITION' | 'MINI_OSS_PARTITION';
	storageDriver: 'DINGTALK' | 'ALIDOC' | 'SHANJI' | 'UNKNOWN';
	thumbnail?: { width: number; height: number; url: string };
	category: string;
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

/** A committed file: its dentry and what is stored of its bytes. */
export interface StoredDentry extends DentryFields, Omit<StoredBytes, 'size'> {
	parentUuid: string;
}

/** A document resource whose bytes arrived. */
export interface StoredResource extends StoredBytes {
	resourceId: string;
	/** As the caller gave it: a dentryUuid or a docKey. */
	docId: string;
	name: string;
	mediaType: string;
	/** The size announced when the address was asked for. */
	declaredSize: number;
}

/** An object in the bucket, committed or not. */
export interface StoredObject extends StoredBytes {
	key: string;
	/** The Content-Type it was PUT with, '' for none. */
	contentType: string;
	/** How many times this key was PUT. */
	puts: number;
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
	/** The service's own error; on `/topapi` paths use `answer`. */
	| {
			kind: 'dingtalkError';
			status: number;
			code: string;
			message?: string;
			requiredScopes?: string[];
	  }
	/** OSS's XML error. */
	| { kind: 'ossError'; status: number; code: string; message?: string }
	/** The connection is reset (RST). `duringBody` defaults to half of the Content-Length. */
	| { kind: 'reset'; when: ResetMoment; afterBytes?: number }
	/** Reading stops after so many bytes (default 0), and no answer ever comes. */
	| { kind: 'stall'; afterBytes?: number }
	/** The request is read and carried out, but no answer ever comes. */
	| { kind: 'stallAnswer' }
	/** The body is read at this speed. */
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
	 * headers of the answer may be changed on the way.
	 */
	| ({ kind: 'corrupt'; at?: 'first' | 'middle' | 'last' } & Partial<HeaderChange>);

/** Which requests meet a fault. The first rule that fits wins. */
export interface FaultRule {
	call: CallName;
	/** How many requests meet it; default 1. */
	times?: number;
	/** How many pass unharmed first; default 0. */
	after?: number;
	/**
	 * Narrows the rule. The body is there for API calls, except when the fault strikes before
	 * the body is read (`stall`, `reset` beforeBody and duringBody) and on the OSS front.
	 */
	when?: (call: RecordedCall) => boolean;
	fault: Fault;
}
