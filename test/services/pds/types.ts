import type {
	Fault,
	FaultRule,
	Front,
	HashName,
	HeaderChange,
	RecordedCall,
	StoredBytes,
} from '../dingtalk/types';

export type { Front } from '../dingtalk/types';

/** The kinds of request the service knows, as tests name them. */
export type PdsCallName =
	| 'token'
	| 'createFile'
	| 'getUploadUrl'
	| 'listUploadedParts'
	| 'completeFile'
	| 'getFile'
	| 'getUser'
	| 'listDrives'
	| 'listMyDrives'
	| 'listMyGroupDrive'
	| 'listFile'
	| 'partPut'
	| 'unknown';

/** A digest of whole files; without its name in `hashes` it reads as ''. */
export type PdsHashName = HashName | 'sha1';

/** How the local service behaves; everything has a default. */
export interface LocalPdsOptions {
	/** Port of the API front; 0 (default) takes any free one. Always on 127.0.0.1. */
	apiPort?: number;
	/** Port of the OSS front; 0 (default) takes any free one. */
	ossPort?: number;
	/** The clock, in milliseconds; default `Date.now`. */
	now?: () => number;
	/** Added to every request on both fronts. */
	latencyMs?: number;
	/** Keep the stored bytes for inspection; default false. */
	keepBytes?: boolean;
	/** Life of an access token got by a JWT; default 7200. The seed's token has no end. */
	tokenLifeSeconds?: number;
	/** Life of a part's address; default 900. */
	urlLifeSeconds?: number;
	/** Whether `parallel_upload` is a feature of this domain; default true. */
	parallelAllowed?: boolean;
	/** Speed of each connection of the OSS front; 0 (default) is no limit. */
	bytesPerSecondPerConnection?: number;
	/** How answers spell `crc64_hash`; default 'number', as in the official samples. */
	crc64As?: 'number' | 'string';
	/**
	 * Whether completing compares the bytes with the size that was announced; default true. A service
	 * that does not would make a file of half an upload.
	 */
	checkSize?: boolean;
	/**
	 * Whether completing looks that all parts are there and follow each other; default true. A service
	 * that does not would make a file of those that are.
	 */
	checkParts?: boolean;
	/** Addresses one call gives out at most; default 10,000. */
	maxPartsPerUrlCall?: number;
	/**
	 * Digests to compute; default all. Fewer make a faster server. In parallel mode md5 and the
	 * digest that is not the upload's own need the bytes in order, so come with `keepBytes` only.
	 */
	hashes?: PdsHashName[];
}

/** One request the service received. Filled in as it goes on: `status` is 0 until answered. */
export interface PdsCall extends Omit<RecordedCall, 'name'> {
	name: PdsCallName;
}

/** A finished file. */
export interface PdsFile extends StoredBytes {
	fileId: string;
	driveId: string;
	parentFileId: string;
	name: string;
	/** As given at creation, '' for none. */
	contentType: string;
	/** Lower-case hex, as are the other digests. */
	sha1: string;
	/** How many times its content was uploaded under this id. */
	revision: number;
	/** True when the content was never sent. */
	rapid: boolean;
}

/** An upload that was neither completed nor given up. */
export interface PdsUpload {
	uploadId: string;
	fileId: string;
	name: string;
	parallel: boolean;
	parts: Array<{ partNumber: number; size: number; etag: string }>;
}

/** What goes wrong: the faults of the local DingTalk, and some more. */
export type PdsFault =
	| Exclude<Fault, { kind: 'dingtalkError' }>
	/** The API's own error. */
	| { kind: 'pdsError'; status: number; code: string; message?: string }
	/**
	 * The transfer of a part is cut, and what arrived until then (default: half) counts as the part.
	 */
	| { kind: 'shortPart'; afterBytes?: number }
	/**
	 * Something in between takes the part, throws it away and answers with success and these headers,
	 * in place of the storage.
	 */
	| { kind: 'lostPart'; headers?: Record<string, string> }
	/** Other bytes are stored in place of a part, and the digests say so, unless their headers change. */
	| ({ kind: 'otherBytes'; bytes: Buffer } & HeaderChange);

/** Which requests meet a fault. The first rule that fits wins. */
export interface PdsFaultRule extends Omit<FaultRule, 'call' | 'fault' | 'when'> {
	call: PdsCallName;
	/** Narrows the rule. The body is there for API calls, except for faults that strike before. */
	when?: (call: PdsCall) => boolean;
	fault: PdsFault;
}

/** A running local PDS: what it is reached by, what it saw, and what shall go wrong. */
export interface PdsControls {
	/** Every request so far, on both fronts, in order of arrival. */
	readonly calls: PdsCall[];
	/** The requests of one kind. */
	callsOf(name: PdsCallName): PdsCall[];
	/** TCP connections since the start or the last reset, and those open now. */
	connections(front: Front): { opened: number; open: number };
	/** The finished files. */
	files(): PdsFile[];
	/** The uploads that were neither completed nor given up. */
	uploads(): PdsUpload[];
	/** Gives an upload up, as the service does after ten days. */
	abortUpload(uploadId: string): void;
	/** Lets requests fail from now on. */
	fail(rule: PdsFaultRule): void;
	/** Back to the start: no files, no folders but the seed's, no calls, no faults, no other tokens. */
	reset(): void;
	/** Makes every token handed out so far invalid, the seed's too. */
	revokeTokens(): void;
}
