import type { ExecutionOutcome, FileOutcome } from './messages';
import type { PlannedExecution } from './plan';
import type { DingTalkState, PdsState } from './services';

export interface Played {
	planned: PlannedExecution;
	outcome: ExecutionOutcome;
}

/** What a round came to. */
export interface RoundJudgement {
	/** Files that are stored once, with the bytes that were handed to the node. */
	verified: number;
	bytes: number;
	/** Executions that failed or were cancelled as they had to. */
	expectedFailures: number;
	/** What must not happen, in words. */
	problems: string[];
}

/** A stored file, by whichever digest its service tells. */
interface Stored {
	name: string;
	size: number;
	digest: string;
}

/** Compares how executions ended, and what the services hold, with what has to be. */
export function judgeRound(
	played: Played[],
	dingTalk: DingTalkState,
	pds: PdsState,
): RoundJudgement {
	const stored = {
		files: byName(dingTalk.files.map((file) => ({ ...file, digest: file.sha256 }))),
		resources: byName(dingTalk.resources.map((file) => ({ ...file, digest: file.sha256 }))),
		pds: byName(pds.files.map((file) => ({ ...file, digest: file.sha1 }))),
	};
	const result: RoundJudgement = { verified: 0, bytes: 0, expectedFailures: 0, problems: [] };
	for (const each of played) {
		const { operation } = each.planned;
		const problem = problemOf(each);
		const end = endOf(each);
		if (problem) result.problems.push(`${operation}: ${problem}`);
		else if (end !== 'well') result.expectedFailures++;
		const place = PLACES[operation];
		for (const file of each.outcome.files) {
			const found = stored[place].get(file.name) ?? [];
			stored[place].delete(file.name);
			const wrong = wrongAbout(file, found, place, isDue(each));
			if (wrong) result.problems.push(`${operation}: ${file.name} ${wrong}`);
			else if (found.length === 1) {
				result.verified++;
				result.bytes += file.size;
			}
		}
	}
	for (const place of Object.values(stored)) {
		for (const name of place.keys()) result.problems.push(`Nobody uploaded ${name}`);
	}
	return result;
}

const PLACES = {
	upload: 'files',
	steps: 'files',
	resource: 'resources',
	pdsInOrder: 'pds',
	pdsParallel: 'pds',
} as const;

/** The service's own files are not ours to judge. */
const SEEDED = 'welcome.txt';

function byName(files: Stored[]): Map<string, Stored[]> {
	const all = new Map<string, Stored[]>();
	for (const file of files) {
		if (file.name !== SEEDED) all.set(file.name, [...(all.get(file.name) ?? []), file]);
	}
	return all;
}

/** How it ended in fact: the stop button may come too late. */
function endOf({ planned, outcome }: Played) {
	const { ends } = planned.expectation;
	return ends === 'cancelled' && outcome.status === 'success' ? 'well' : ends;
}

function problemOf(played: Played): string | undefined {
	const { status, errors, done, files } = played.outcome;
	const told = `ended as ${status}, ${done} of ${files.length} done, ${errors.join('; ') || 'no error'}`;
	switch (endOf(played)) {
		case 'well':
			return status === 'success' && errors.length === 0 && done === files.length
				? undefined
				: told;
		case 'cancelled':
			return status === 'canceled' ? undefined : told;
		case 'badly': {
			const { saying } = played.planned.expectation;
			const asExpected = errors.length > 0 && errors.every((error) => saying?.test(error));
			return asExpected && done === 0 ? undefined : told;
		}
	}
}

/** Whether its files must be there. */
function isDue(played: Played): boolean {
	return endOf(played) === 'well' || played.planned.expectation.stored === 'all';
}

function wrongAbout(
	file: FileOutcome,
	found: Stored[],
	place: 'files' | 'resources' | 'pds',
	due: boolean,
): string | undefined {
	if (found.length > 1) return `is stored ${found.length} times`;
	if (found.length === 0) return due ? 'is not stored' : undefined;
	const [{ size, digest }] = found;
	const expected = place === 'pds' ? file.sha1 : file.sha256;
	return size === file.size && digest === expected ? undefined : 'is stored with other bytes';
}
