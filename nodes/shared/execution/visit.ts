import type { IExecuteFunctions } from 'n8n-workflow';

import type { UploadError } from '../errors';
import type { Output, Planned } from './jobs';

/** The result of a job. */
export type Settled = { outputs: Output[] } | { error: UploadError };

/** What the tries of one visit of a node have done so far. */
export interface Visit {
	/** The jobs by item, as planned by the last try that got that far. */
	planned: Map<number, Planned[]>;
	/** The results, by job key. */
	settled: Map<string, Settled>;
}

/**
 * The memory of each visit. n8n's "Retry On Fail" runs the node again with all its items. All tries
 * of one visit get the same object from n8n, and another visit (a loop) gets another one. What is
 * keyed by that object lives exactly as long as the tries.
 */
const visits = new WeakMap<object, Visit>();

/** Returns the memory of this visit; without "Retry On Fail" an empty one. */
export function visitOf(context: IExecuteFunctions): Visit {
	const key = context.getNode().retryOnFail ? keyOf(context) : undefined;
	const visit: Visit = (key && visits.get(key)) ?? { planned: new Map(), settled: new Map() };
	if (key) visits.set(key, visit);
	return visit;
}

/**
 * Returns an object that all tries of a visit share. A node used as a tool gets the execution data
 * of its agent, so its tries share only their input.
 */
function keyOf(context: IExecuteFunctions): object | undefined {
	const data = context.getExecuteData();
	return data.node.name === context.getNode().name ? data : context.getInputData()[0]?.json;
}
