import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { toErrorItem, toNodeError, toUploadError } from './errors';
import { runPool } from './pool';

/** The work for one output item. */
export interface Job {
	/** Which file it is about, for the error: `fileName`, `sourceField`. */
	about: IDataObject;
	/** The signal is aborted when another job has failed. */
	run: (signal: AbortSignal) => Promise<Pick<INodeExecutionData, 'json' | 'binary'>>;
}

interface Planned {
	itemIndex: number;
	job?: Job;
	/** What was wrong with the item's parameters. */
	error?: unknown;
}

/** Items whose parameters are read at the same time. */
const PLANNING_CONCURRENCY = 16;

/**
 * Plans the jobs of every item, then runs them through one bounded pool. Bad input of any item is
 * found before the first byte is sent. The outputs have the order of the inputs, are paired with
 * them, and, with "continue on fail", a failed job becomes an error item in its place.
 *
 * @throws {NodeApiError|NodeOperationError} the first failure, with the index of its item
 */
export async function runJobs(
	context: IExecuteFunctions,
	plan: (itemIndex: number) => Promise<Job[]>,
	concurrency: number,
): Promise<INodeExecutionData[]> {
	const planned = await planAll(context, plan);
	const progress = { done: 0, of: planned.length };
	return await runPool(
		planned,
		concurrency,
		async (each, signal) => await runOne(context, each, signal, progress),
	);
}

async function planAll(
	context: IExecuteFunctions,
	plan: (itemIndex: number) => Promise<Job[]>,
): Promise<Planned[]> {
	const planItem = async (itemIndex: number): Promise<Planned[]> => {
		try {
			return (await plan(itemIndex)).map((job) => ({ itemIndex, job }));
		} catch (error) {
			if (!context.continueOnFail()) throw toNodeError(context.getNode(), error, itemIndex);
			return [{ itemIndex, error }];
		}
	};
	const items = context.getInputData().keys();
	return (await runPool(items, PLANNING_CONCURRENCY, planItem)).flat();
}

async function runOne(
	context: IExecuteFunctions,
	{ itemIndex, job, error: inputError }: Planned,
	signal: AbortSignal,
	progress: { done: number; of: number },
): Promise<INodeExecutionData> {
	if (!job) return toErrorItem(inputError, itemIndex);
	try {
		const output = await job.run(signal);
		progress.done++;
		return { ...output, pairedItem: { item: itemIndex } };
	} catch (thrown) {
		const error = toUploadError(thrown);
		const about = error.with({ details: { ...job.about, ...error.facts.details } });
		if (context.continueOnFail()) return toErrorItem(about, itemIndex);
		const nodeError = toNodeError(context.getNode(), about, itemIndex);
		if (progress.done > 0) {
			nodeError.description += ` ${progress.done} of ${progress.of} files were done before this.`;
		}
		throw nodeError;
	}
}
