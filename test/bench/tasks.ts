import type { IBinaryData, IDataObject } from 'n8n-workflow';

import type { SEED } from '../services/dingtalk';
import type { SEED as PDS_SEED } from '../services/pds';
import type { HashName } from './hashing';
import type { PutPermit } from './service';

/** Files already in n8n's binary store, and where they go. */
export interface UploadTask {
	apiUrl: string;
	seed: typeof SEED;
	files: IBinaryData[];
}

/** A file of the knowledge base, as an earlier node gives it. */
export interface DownloadTask {
	apiUrl: string;
	seed: typeof SEED;
	dentry: IDataObject;
}

/** A file in n8n's binary store, and the local PDS. */
export interface PdsUploadTask {
	apiUrl: string;
	seed: Pick<typeof PDS_SEED, 'domainId' | 'driveId' | 'accessToken'>;
	file: IBinaryData;
	/** Of the node. */
	options?: IDataObject;
}

/** A file on disk, and where its parts go. */
export interface PartsTask {
	path: string;
	/** Of the parts, in order. */
	urls: string[];
	partSize: number;
	/** Parts at a time. */
	concurrency: number;
	readSize: number;
}

/** Parameters of many items, read and checked up to the last one, which is refused. */
export interface PlanTask {
	/** Its place among `OPERATIONS`. */
	operation: number;
	/** Our node, or n8n's own reading of the same parameters. */
	by: 'node' | 'n8n';
	/** How many of the items are read: the last ones. */
	count: number;
	/** How many there are. */
	of: number;
}

/** What a worker can be told to do. */
export type Task =
	/** Writes files into n8n's binary store. */
	| { kind: 'stage'; files: Array<{ name: string; size: number }> }
	/** Our node, in n8n's engine. */
	| ({ kind: 'node'; options?: IDataObject } & UploadTask)
	/**
	 * A node that sends with n8n's `httpRequest` helper; `careful` adds what a reader of n8n's code
	 * finds: no redirects, a length, no time limit. So many files at a time go as one batch, default 1.
	 */
	| ({ kind: 'helper'; careful: boolean; batch?: number } & UploadTask)
	/** Our node, in n8n's engine: downloads a file into n8n's binary store. */
	| ({ kind: 'download' } & DownloadTask)
	/** A GET by undici into a file and, if told, a checksum. */
	| { kind: 'undiciGet'; path: string; permit: PutPermit; hash?: HashName }
	/** A PUT by undici and nothing else. */
	| { kind: 'undici'; path: string; permit: PutPermit; readSize?: number }
	/** Our node for PDS, in n8n's engine. */
	| ({ kind: 'pdsNode' } & PdsUploadTask)
	/** PUTs of a file's parts by undici and nothing else. */
	| ({ kind: 'parts' } & PartsTask)
	/** Reads a file and, if told, takes a checksum. */
	| { kind: 'read'; path: string; readSize: number; hash?: HashName }
	/** The reading of parameters alone. */
	| ({ kind: 'plan' } & PlanTask)
	/** Bare requests for a token, one after the other. */
	| { kind: 'ping'; apiUrl: string; seed: typeof SEED; count: number }
	/** Brings the process to rest. */
	| { kind: 'rest' };

/** What comes back. */
export interface TaskResult {
	/** Milliseconds that the work took. */
	ms: number;
	/** Milliseconds of processor time, of all threads. */
	cpu: number;
	/** Of `stage`. */
	files?: IBinaryData[];
}
