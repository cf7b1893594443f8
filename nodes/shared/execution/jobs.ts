import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { toUploadError, type Effect, type UploadError } from '../errors';

/** An item that a job outputs. */
export type Output = Pick<INodeExecutionData, 'json' | 'binary'>;

/** The work for one file or one item. */
export interface Job {
	/** The file it is about, for errors: `fileName`, `sourceField`, or `file`, its ID or link. */
	about: IDataObject;
	/** What the job leaves behind: decides whether it may run again when its outcome is unknown. */
	effect: Effect;
	/** What an execution may use only once: a second job with the same claim is refused. */
	claim?: Claim;
	/** What the job does with its file, in the past participle; default "stored". */
	done?: string;
	/** Identifies what the job did, for the error of a run that fails later. */
	receipt?: (output: IDataObject) => IDataObject;
	/**
	 * @param signal aborted when another job has failed
	 * @param earlier the error of this job in an earlier try of the node, if any
	 */
	run: (signal: AbortSignal, earlier?: UploadError) => Promise<Output | Output[]>;
}

/** Something that can be used only once. */
export interface Claim {
	/** Its name for the user, e.g. "upload key". */
	what: string;
	value: string;
}

/** A file with bad input, found before anything is sent. */
export interface Refusal {
	about: IDataObject;
	refusal: UploadError;
}

/** The jobs and refusals of an item. */
export type Plan = Array<Job | Refusal>;

/** A job or refusal with its place in the execution. */
export interface Planned {
	itemIndex: number;
	/** Identifies it across all tries of the same visit of a node. */
	key: string;
	job: Job | Refusal;
}

/**
 * Makes the job for one of an item's files; a bad file name fails that file, not the whole item.
 */
export function checkedJob(about: IDataObject, make: () => Job): Job | Refusal {
	try {
		return make();
	} catch (thrown) {
		return { about, refusal: toUploadError(thrown) };
	}
}
