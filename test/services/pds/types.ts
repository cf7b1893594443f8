import type { FaultRule, HashName, RecordedCall, ServiceOptions, StoredBytes } from '../core/types';

export type { Fault as PdsFault, Front } from '../core/types';

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
export interface LocalPdsOptions extends ServiceOptions {
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

/** One request the service received. */
export type PdsCall = RecordedCall<PdsCallName>;

/** Which requests meet a fault. */
export type PdsFaultRule = FaultRule<PdsCallName>;
