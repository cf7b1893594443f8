import type { IExecuteFunctions } from 'n8n-workflow';

import type { UploadError } from '../errors';
import type { Output, Planned } from './jobs';

/** What came of a job. */
export type Settled = { outputs: Output[] } | { error: UploadError };

/** What the tries of one visit of a node have done so far. */
export interface Visit {
	/** What is to be done, by item, as the last try that came so far has planned it. */
	planned: Map<number, Planned[]>;
	/** What came of it, by the keys of the jobs. */
	settled: Map<string, Settled>;
}

/**
 * n8n's "Retry On Fail" runs the node again with all its items. The tries of one visit get the same
 * object from n8n, another visit (a loop) gets another one: what is kept by it lives as long as the
 * tries do, and no longer.
 */
const visits = new WeakMap<object, Visit>();

/** The memory of this visit; without "Retry On Fail" an empty one, because there is no second try. */
export function visitOf(context: IExecuteFunctions): Visit {
	const key = context.getNode().retryOnFail ? keyOf(context) : undefined;
	const visit: Visit = (key && visits.get(key)) ?? { planned: new Map(), settled: new Map() };
	if (key) visits.set(key, visit);
	return visit;
}

/** A tool gets what n8n keeps for its agent; what the tries have in common then is what they are asked. */
function keyOf(context: IExecuteFunctions): object | undefined {
	const data = context.getExecuteData();
	return data.node.name === context.getNode().name ? data : context.getInputData()[0]?.json;
}
