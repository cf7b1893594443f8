import {
	NodeApiError,
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';

import { toErrorItem, toNodeError, toUploadError, type UploadError } from './errors';
import { runPool } from './pool';

/** The work for one output item. */
export interface Job {
	/** Which file it is about, for the error: `fileName`, `sourceField`. */
	about: IDataObject;
	/** The signal is aborted when another job has failed. */
	run: (signal: AbortSignal) => Promise<Pick<INodeExecutionData, 'json' | 'binary'>>;
}

/** A file whose input is at fault, found before anything is sent. */
export interface Refusal {
	about: IDataObject;
	refusal: UploadError;
}

type Plan = (itemIndex: number) => Promise<Array<Job | Refusal>>;

/** Items whose parameters are read at the same time. */
const PLANNING_CONCURRENCY = 16;

/**
 * Plans the jobs of every item, then runs them through one bounded pool. Bad input of any item is
 * found before the first byte is sent. The outputs have the order of the inputs, are paired with
 * them, and, with "continue on fail", a failed job becomes an error item in its place.
 *
 * @param stop aborted after the first failure; whoever waits between calls can follow its signal
 * @throws {NodeApiError|NodeOperationError} the first failure, with the index of its item
 */
export async function runJobs(
	context: IExecuteFunctions,
	plan: Plan,
	concurrency: number,
	stop = new AbortController(),
): Promise<INodeExecutionData[]> {
	const items = [...context.getInputData().keys()];
	const planItem = async (itemIndex: number) => await planOne(context, plan, itemIndex);
	const planned = (await runPool(items, PLANNING_CONCURRENCY, planItem)).flat();
	const progress = { done: 0 };
	const runJob = async (each: PlannedJob, signal: AbortSignal) =>
		await runOne(context, each, signal, progress);
	try {
		return await runPool(planned, concurrency, runJob, stop);
	} catch (error) {
		throw withProgress(error, progress.done, planned.length);
	}
}

/** Files that are stored stay stored: whoever runs the workflow again has to know. */
function withProgress(error: unknown, done: number, of: number): Error {
	const isExplained = error instanceof NodeApiError || error instanceof NodeOperationError;
	if (isExplained && done > 0)
		error.description += ` ${done} of ${of} files were done all the same.`;
	return error as Error;
}

/** The job for one of an item's files; a bad file name fails that file, not the whole item. */
export function checkedJob(about: IDataObject, make: () => Job): Job | Refusal {
	try {
		return make();
	} catch (thrown) {
		return { about, refusal: toUploadError(thrown) };
	}
}

interface PlannedJob {
	itemIndex: number;
	job: Job | Refusal;
}

async function planOne(
	context: IExecuteFunctions,
	plan: Plan,
	itemIndex: number,
): Promise<PlannedJob[]> {
	const jobs = await plan(itemIndex).catch((thrown: unknown): Array<Job | Refusal> => {
		return [{ about: {}, refusal: toUploadError(thrown) }];
	});
	const refused = jobs.find((job) => 'refusal' in job);
	if (refused && !context.continueOnFail()) {
		throw toNodeError(context.getNode(), errorOf(refused, refused.refusal), itemIndex);
	}
	return jobs.map((job) => ({ itemIndex, job }));
}

async function runOne(
	context: IExecuteFunctions,
	{ itemIndex, job }: PlannedJob,
	signal: AbortSignal,
	progress: { done: number },
): Promise<INodeExecutionData> {
	if ('refusal' in job) return toErrorItem(errorOf(job, job.refusal), itemIndex);
	try {
		const output = await job.run(signal);
		progress.done++;
		return { ...output, pairedItem: { item: itemIndex } };
	} catch (thrown) {
		const error = errorOf(job, thrown);
		if (context.continueOnFail()) return toErrorItem(error, itemIndex);
		throw toNodeError(context.getNode(), error, itemIndex);
	}
}

function errorOf(job: Job | Refusal, thrown: unknown): UploadError {
	const error = toUploadError(thrown);
	return error.with({ details: { ...job.about, ...error.facts.details } });
}
