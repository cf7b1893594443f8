import type { IDataObject } from 'n8n-workflow';

import { shownError, type ShownError } from '../nodes/support/rig';
import { FOLDER, type Outcome } from '../nodes/DingTalkKnowledgeBase/support/uploads';
import { openRig, type DingTalkRig } from '../nodes/DingTalkKnowledgeBase/support/rig';
import { inHaste, type Haste } from '../nodes/support/haste';
import { onRefusal } from '../nodes/support/undici-events';
import type { MatrixFault } from './faults';
import { STEPS, type Step } from './steps';

export const STRATEGIES = [
	'AUTO_RENAME',
	'RETURN_ERROR_IF_EXISTS',
	'OVERWRITE',
	'RETURN_DENTRY_IF_EXISTS',
] as const;

/** One upload of one file in which something goes wrong at one step. */
export interface Cell {
	step: Step;
	fault: MatrixFault;
	often: 'once' | 'always';
	/** Left out: the node's own default. */
	strategy?: (typeof STRATEGIES)[number];
}

/** What is left of a cell when it was played. */
export interface Played {
	cell: Cell;
	outcome: Outcome;
	/** The error, if there is one. */
	shown?: ShownError;
	rig: DingTalkRig;
	/** Requests by the page's names; `refused` are connections that were not made. */
	requests: Record<string, number>;
	/** Committed files, or resources with their bytes. */
	stored: Array<{ sha256: string; size: number }>;
	haste: Haste;
	/** Secrets that were never on the wire. */
	secrets: string[];
}

/** What a user and the table see of a cell. */
export interface Sight {
	/** The error's sentence; undefined: the file was uploaded. */
	title?: string;
	requests: Record<string, number>;
	stored: 'the file' | 'its bytes' | 'nothing';
	lost: 'nothing' | 'the file, and it is said' | 'unknown, and it is said';
}

/** Milliseconds without progress after which a request that hangs is given up. */
export const SHORT_TIMEOUT = 2_000;

/** Plays a cell; `look` sees it while its service still runs. */
export async function play(
	cell: Cell,
	otherHost: string,
	look: (played: Played) => Promise<void>,
): Promise<Sight> {
	const { step, fault, often, strategy } = cell;
	const rig = await openRig();
	const refusals = countRefusals(rig);
	const secrets: string[] = [];
	try {
		const times = often === 'once' ? 1 : Infinity;
		const keepSecret = (secret: string) => secrets.push(secret);
		fault.arrange({ service: rig.service, step, times, otherHost, keepSecret });
		const haste: Haste = { waits: [], begun: 0 };
		if (fault.stalls) haste.hanging = { path: step.path, timeout: SHORT_TIMEOUT, requests: times };
		const options: IDataObject = strategy ? { conflictStrategy: strategy } : {};
		const { operation } = step;
		const outcome = await inHaste(haste, async () => await rig.upload({ operation, options }));
		const played: Played = {
			cell,
			outcome,
			rig,
			...(outcome.result.error && { shown: shownError(outcome.result.error) }),
			// On a busy machine a request may be given up before the service has seen it.
			requests: {
				...requestsOf(rig, refusals()),
				...(haste.begun > 0 && { [step.name]: haste.begun }),
			},
			stored:
				operation === 'upload'
					? rig.service.files().filter(({ name }) => name !== 'welcome.txt')
					: rig.service.resources(),
			haste,
			secrets,
		};
		await look(played);
		return sightOf(played);
	} finally {
		refusals.stop();
		await rig.close();
	}
}

/** Counts connections to the rig's service that were refused. */
function countRefusals({ service }: DingTalkRig) {
	let count = 0;
	const stops = [service.apiUrl, service.ossUrl].map((url) => onRefusal(url, () => count++));
	return Object.assign(() => count, { stop: () => stops.forEach((stop) => stop()) });
}

function requestsOf(rig: DingTalkRig, refused: number): Record<string, number> {
	const counts = rig.counts();
	const requests: Record<string, number> = {};
	for (const { name, call } of Object.values(STEPS)) {
		const count = counts[call];
		if (count) requests[name] = count;
		delete counts[call];
	}
	const others = rig.service.calls.filter(({ name }) => name in counts);
	if (others.length > 0) {
		throw new Error(`Calls that nobody expects: ${JSON.stringify(others)}`);
	}
	return { ...requests, ...(refused > 0 && { refused }) };
}

function sightOf({ cell, shown, requests, stored, rig }: Played): Sight {
	const bytes = rig.service.objects().length > 0;
	// Of a resource whose upload failed nobody learns the id.
	const isOrphan = shown !== undefined && cell.step.operation === 'uploadResource';
	const isUnknown = shown?.data.outcome === 'unknown';
	return {
		...(shown && { title: withoutPlaces(shown.message) }),
		requests,
		stored: stored.length > 0 && !isOrphan ? 'the file' : bytes ? 'its bytes' : 'nothing',
		lost: !shown ? 'nothing' : isUnknown ? 'unknown, and it is said' : 'the file, and it is said',
	};
}

/** A sentence without what differs from run to run. */
function withoutPlaces(text: string): string {
	return text
		.replace(/127\.0\.0\.1:\d+/g, 'the host')
		.replace(/"report-0\.bin"/g, 'the file')
		.replace(/\(HTTP \d+\)/, '(HTTP …)');
}

/** The folder that files go to. */
export { FOLDER };
