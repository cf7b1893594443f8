import type { IExecuteFunctions } from 'n8n-workflow';

import { badInput } from '../errors';
import type { Claim, Job, Planned, Refusal } from './jobs';
import { PerExecution } from './per-execution';
import type { Settled, Visit } from './visit';

/** What the jobs of an execution have used up. */
const used = new PerExecution(() => new Set<string>());

/** Records for the rest of the execution that a job has used what it claims, or may have. */
export function claim(context: IExecuteFunctions, planned: Planned): void {
	const text = claimOf(planned);
	if (text !== undefined) used.of(context).add(text);
}

/** Whether another visit of a node in this execution has used what a job claims. */
export function isClaimed(context: IExecuteFunctions, planned: Planned, visit: Visit): boolean {
	const text = claimOf(planned);
	if (text === undefined || mayHaveUsed(visit.settled.get(planned.key))) return false;
	return used.of(context).has(text);
}

/** Whether what came of a job may have used up what it claimed. */
export function mayHaveUsed(settled: Settled | undefined): boolean {
	if (!settled) return false;
	return 'outputs' in settled || settled.error.facts.outcome === 'unknown';
}

/**
 * Replaces jobs whose claim is already taken with refusals, in the order of the items.
 *
 * @param isTaken whether the claim was used before these jobs
 */
export function withClaimsChecked(
	planned: Planned[],
	isTaken: (planned: Planned) => boolean,
): Planned[] {
	const owners = new Map<string, Planned>();
	return planned.map((each) => {
		const text = claimOf(each);
		if (text === undefined) return each;
		const owner = owners.get(text);
		if (!owner) owners.set(text, each);
		if (owner) return refused(each, (what) => `Item ${owner.itemIndex} has the same ${what}`);
		return isTaken(each) ? refused(each, (what) => `This ${what} has been used already`) : each;
	});
}

function claimOf({ job }: Planned): string | undefined {
	return 'refusal' in job || !job.claim ? undefined : JSON.stringify(job.claim);
}

function refused(planned: Planned, title: (what: string) => string): Planned {
	const { about, claim: claimed } = planned.job as Job;
	const { what } = claimed as Claim;
	const refusal = badInput(
		title(what),
		`One ${what} takes one file: the second would replace the first. Use the output of Get Upload Info item by item, e.g. {{ $json }} or $('Get Upload Info').item instead of .first().`,
	);
	return { ...planned, job: { about, refusal } satisfies Refusal };
}
