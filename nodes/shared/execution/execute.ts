import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';

import {
	badInput,
	mayRepeat,
	overall,
	toErrorItem,
	toNodeError,
	toUploadError,
	type UploadError,
} from '../errors';
import { runPool } from '../pool';
import { claim, isClaimed, mayHaveUsed, withClaimsChecked } from './claims';
import type { Execution } from './execution';
import type { Plan, Planned } from './jobs';
import { withOthers } from './report';
import { visitOf, type Settled, type Visit } from './visit';

/** An operation of a node: the fields it shows and what it does with an item. */
export interface Operation<Run extends Execution> {
	description: INodeProperties[];
	/**
	 * Reads and checks the parameters of an item. Nothing is sent yet: the jobs it returns run later.
	 *
	 * @throws {UploadError} for bad input
	 */
	plan: (run: Run, itemIndex: number) => Plan | Promise<Plan>;
}

/** The operations of a node, by resource and operation. */
export type Operations<Run extends Execution> = Record<string, Record<string, Operation<Run>>>;

/** Number of items whose parameters are read concurrently. */
const PLANNING_CONCURRENCY = 16;

/**
 * Runs the chosen operation over all items. First it plans every item, so that bad input in any of
 * them is found before the first byte is sent; then it runs the jobs through one bounded pool. The
 * outputs are in the order of the inputs and paired with them.
 *
 * With "On Error: Continue" nothing is thrown, because n8n would then pass the inputs on as if they
 * were outputs. A failed file becomes an error item in its place; a failure before the first job
 * becomes one for every input.
 *
 * @throws {NodeApiError|NodeOperationError} the first failure, with the index of its item and what
 * became of the other files
 */
export async function executeOperation<Run extends Execution>(
	context: IExecuteFunctions,
	operations: Operations<Run>,
	startRun: (context: IExecuteFunctions) => Run,
): Promise<INodeExecutionData[]> {
	const items = [...context.getInputData().keys()];
	const visit = visitOf(context);
	try {
		const operation = chosenIn(operations, context);
		const run = startRun(context);
		return await runAll(run, await planAll(run, operation, items, visit), visit);
	} catch (thrown) {
		const { error, itemIndex } = thrown instanceof ItemFailure ? thrown : at(0, thrown);
		if (context.continueOnFail()) return items.flatMap((index) => leftOf(index, visit, error));
		const known = [...visit.planned.values()].flat();
		throw toNodeError(context.getNode(), withOthers(error, known, visit), itemIndex);
	}
}

/** Returns what earlier tries left of an item that this try did not reach. */
function leftOf(itemIndex: number, visit: Visit, error: UploadError): INodeExecutionData[] {
	const planned = visit.planned.get(itemIndex) ?? [];
	if (planned.length === 0) return [toErrorItem(error, itemIndex)];
	return planned.flatMap(({ key }) => itemsOf(itemIndex, visit.settled.get(key) ?? { error }));
}

/** An error that ends a run, and the item it belongs to. */
class ItemFailure extends Error {
	constructor(
		readonly error: UploadError,
		readonly itemIndex: number,
	) {
		super(error.message);
	}
}

function at(itemIndex: number, thrown: unknown): ItemFailure {
	return new ItemFailure(toUploadError(thrown), itemIndex);
}

/**
 * Returns the chosen operation. A workflow made with a newer version of the package may name one
 * that this version lacks.
 */
function chosenIn<Run extends Execution>(
	operations: Operations<Run>,
	context: IExecuteFunctions,
): Operation<Run> {
	const resource = String(context.getNodeParameter('resource', 0));
	const operation = String(context.getNodeParameter('operation', 0));
	const chosen = Object.hasOwn(operations, resource) ? operations[resource] : {};
	if (Object.hasOwn(chosen, operation)) return chosen[operation];
	throw badInput(
		`This version of the node does not know the operation "${operation}" of "${resource}"`,
		'The workflow was made with a newer version of the package. Update the package n8n-nodes-dingtalk-knowledge-base on this server.',
	);
}

async function planAll<Run extends Execution>(
	run: Run,
	operation: Operation<Run>,
	items: number[],
	visit: Visit,
): Promise<Planned[]> {
	const planItem = async (itemIndex: number) => {
		await run.pace();
		const earlier = visit.planned.get(itemIndex) ?? [];
		if (earlier.length > 0 && earlier.every((each) => isStored(each, visit))) return earlier;
		const plan = async () => await operation.plan(run, itemIndex);
		const jobs = await run.transport
			.orCancelled(plan(), run.stop.signal)
			.catch((thrown: unknown) => refusedWhole(thrown, earlier, visit));
		return jobs.map((job, index) => ({ itemIndex, key: `${itemIndex}.${index}`, job }));
	};
	const planned = (await runPool(items, PLANNING_CONCURRENCY, planItem)).flat();
	const checked = withClaimsChecked(planned, (each) => isClaimed(run.context, each, visit));
	visit.planned = byItem(checked);
	if (!run.context.continueOnFail()) throwRefused(checked);
	return checked;
}

function byItem(planned: Planned[]): Visit['planned'] {
	const items: Visit['planned'] = new Map();
	for (const each of planned)
		items.set(each.itemIndex, [...(items.get(each.itemIndex) ?? []), each]);
	return items;
}

/**
 * Refuses an item that cannot be planned, except jobs that earlier tries stored or left unknown.
 */
function refusedWhole(thrown: unknown, earlier: Planned[], { settled }: Visit): Plan {
	const refusal = toUploadError(thrown).with({ outcome: 'notSent' });
	if (earlier.length === 0) return [{ about: {}, refusal }];
	return earlier.map(({ key, job }) => {
		const known = settled.get(key);
		const isKept = known && (!('error' in known) || known.error.facts.outcome === 'unknown');
		return isKept ? job : { about: job.about, refusal };
	});
}

function isStored({ key }: Planned, { settled }: Visit): boolean {
	return 'outputs' in (settled.get(key) ?? {});
}

function throwRefused(planned: Planned[]): void {
	for (const { itemIndex, job } of planned) {
		if ('refusal' in job) throw new ItemFailure(withAbout(job.about, job.refusal), itemIndex);
	}
}

/**
 * Runs the jobs that earlier tries of the node left over, and takes over the results of the others.
 */
async function runAll(
	run: Execution,
	planned: Planned[],
	visit: Visit,
): Promise<INodeExecutionData[]> {
	const { context, concurrency, stop } = run;
	const { settled } = visit;
	const continues = context.continueOnFail();
	const left = planned.filter((each) => isLeft(each, settled.get(each.key)));
	let failed: Planned | undefined;
	const work = async (each: Planned, signal: AbortSignal) => {
		const result = await settle(each, signal, settled.get(each.key));
		settled.set(each.key, result);
		if (mayHaveUsed(result)) claim(context, each);
		if (!('error' in result)) return;
		if (continues) return;
		failed ??= each;
		stop.abort();
	};
	await runPool(left, concurrency, work, stop);
	if (!continues) failed ??= planned.find(({ key }) => errorOf(settled.get(key)));
	if (failed)
		throw new ItemFailure(errorOf(settled.get(failed.key)) as UploadError, failed.itemIndex);
	return planned.flatMap(({ itemIndex, key }) => itemsOf(itemIndex, settled.get(key)));
}

/** Whether a job still has to run after earlier tries of the node. */
function isLeft({ job }: Planned, settled: Settled | undefined): boolean {
	if (!settled || 'refusal' in job) return true;
	return 'error' in settled && mayRepeat(settled.error.facts.outcome, job.effect);
}

async function settle({ job }: Planned, signal: AbortSignal, earlier?: Settled): Promise<Settled> {
	const { about } = job;
	if ('refusal' in job) return { error: withAbout(about, job.refusal) };
	try {
		return { outputs: [await job.run(signal, errorOf(earlier))].flat() };
	} catch (thrown) {
		const error = toUploadError(thrown);
		const known = error.with({ outcome: overall(error.facts.outcome, job.effect) });
		return { error: stillUnknown(known, errorOf(earlier)) ?? withAbout(about, known) };
	}
}

/**
 * Returns the earlier error where that try may have stored the file: a refusal now does not make
 * this any less unknown.
 */
function stillUnknown(error: UploadError, earlier?: UploadError): UploadError | undefined {
	if (earlier?.facts.outcome !== 'unknown' || error.facts.outcome === 'unknown') return undefined;
	const { description = '' } = earlier.facts;
	const again = `Trying again did not settle this: ${error.facts.title}.`;
	return earlier.with({
		description: description.includes(again) ? description : `${description} ${again}`.trim(),
	});
}

function errorOf(settled: Settled | undefined): UploadError | undefined {
	return settled && 'error' in settled ? settled.error : undefined;
}

function withAbout(about: IDataObject, error: UploadError): UploadError {
	return error.with({ details: { ...about, ...error.facts.details } });
}

function itemsOf(itemIndex: number, settled: Settled | undefined): INodeExecutionData[] {
	if (!settled) return [];
	if ('error' in settled) return [toErrorItem(settled.error, itemIndex)];
	return settled.outputs.map((output) => ({ ...output, pairedItem: { item: itemIndex } }));
}
