import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { toUploadError, type Effect, type UploadError } from '../errors';

/** An item that a job gives. */
export type Output = Pick<INodeExecutionData, 'json' | 'binary'>;

/** The work for one file, or for one item. */
export interface Job {
	/** Which file it is about, for the error: `fileName`, `sourceField`. */
	about: IDataObject;
	/** What running it leaves behind: whether it may be run again when it is unknown what came of it. */
	effect: Effect;
	/** What an execution may use once only: a second job with the same one is refused. */
	claim?: Claim;
	/** Names what the job has stored, for the error of a run that fails later. */
	receipt?: (output: IDataObject) => IDataObject;
	/**
	 * @param signal aborted when another job has failed
	 * @param earlier why an earlier try of the node has failed at this job, if it has
	 */
	run: (signal: AbortSignal, earlier?: UploadError) => Promise<Output | Output[]>;
}

/** Something that can be used once. */
export interface Claim {
	/** As the user knows it, e.g. "upload key". */
	what: string;
	value: string;
}

/** A file whose input is at fault, found before anything is sent. */
export interface Refusal {
	about: IDataObject;
	refusal: UploadError;
}

/** What is to be done for an item. */
export type Plan = Array<Job | Refusal>;

/** A job or refusal with its place in the execution. */
export interface Planned {
	itemIndex: number;
	/** Names it within all tries of the same visit of a node. */
	key: string;
	job: Job | Refusal;
}

/** The job for one of an item's files; a bad file name fails that file, not the whole item. */
export function checkedJob(about: IDataObject, make: () => Job): Job | Refusal {
	try {
		return make();
	} catch (thrown) {
		return { about, refusal: toUploadError(thrown) };
	}
}
