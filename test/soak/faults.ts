import { KIB, MIB } from '../measure/places';
import type { CallName, Fault, FaultRule } from '../services/dingtalk';
import type { PdsCallName, PdsFault, PdsFaultRule } from '../services/pds';
import { TIMEOUT, type Plan, type PlannedExecution } from './plan';
import type { Random } from './random';

/** Faults for both services, as far as there are any. */
export interface Faults {
	dingTalk: Array<Omit<FaultRule, 'when'>>;
	pds: Array<Omit<PdsFaultRule, 'when'>>;
}

/** How often each strikes in one round at most, so that no file meets more than it can outlive. */
const DINGTALK_FAULTS_A_ROUND = 4;
const PDS_FAULTS_A_ROUND = 3;

const STALL: Fault = { kind: 'stall', afterBytes: 1_000 };
const UNANSWERED: Fault = { kind: 'stallAnswer' };
const UNAVAILABLE: Fault = { kind: 'ossError', status: 503, code: 'ServiceUnavailable' };
const LOST: Fault = { kind: 'reset', when: 'afterWork' };

/**
 * Faults of single requests that the node overcomes without anybody noticing. Nothing stalls here: a
 * body that fits into the buffers of the system would hold up a round for minutes (docs/reliability.md).
 */
const PASSING: Array<[CallName, Fault]> = [
	['token', { kind: 'answer', status: 503, body: 'busy' }],
	['uploadInfo', { kind: 'apiError', status: 500, code: 'systemError' }],
	['uploadInfo', { kind: 'truncatedAnswer' }],
	['uploadInfo', { kind: 'reset', when: 'beforeBody' }],
	['ossPut', { kind: 'reset', when: 'beforeBody' }],
	['ossPut', { kind: 'reset', when: 'duringBody' }],
	['ossPut', { kind: 'reset', when: 'afterBody' }],
	['ossPut', LOST],
	['ossPut', UNAVAILABLE],
	['ossPut', { kind: 'corrupt' }],
	['ossPut', { kind: 'truncatedAnswer' }],
	['docPut', { kind: 'reset', when: 'duringBody' }],
	['docPut', UNAVAILABLE],
	['docUploadInfo', { kind: 'truncatedAnswer' }],
	['commit', { kind: 'delay', ms: 300 }],
	[
		'commit',
		{
			kind: 'apiError',
			status: 403,
			code: 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi',
		},
	],
];

const PDS_PASSING: Array<[PdsCallName, PdsFault]> = [
	['partPut', { kind: 'reset', when: 'beforeBody' }],
	['partPut', { kind: 'reset', when: 'duringBody' }],
	['partPut', LOST as PdsFault],
	['partPut', UNAVAILABLE as PdsFault],
	['partPut', { kind: 'corrupt' }],
	['completeFile', LOST as PdsFault],
	['getUploadUrl', { kind: 'truncatedAnswer' }],
];

/** What goes wrong in a round whose executions have to succeed all the same. */
export function passingFaults(random: Random): Faults {
	const draw = <Name, Kind>(all: Array<[Name, Kind]>, count: number) =>
		Array.from({ length: count }, () => {
			const [call, fault] = random.pick(all);
			return { call, fault, after: random.whole(0, 15) };
		});
	return {
		dingTalk: draw(PASSING, DINGTALK_FAULTS_A_ROUND),
		pds: draw(PDS_PASSING, PDS_FAULTS_A_ROUND),
	};
}

/** An execution that runs alone, so that its faults meet nobody else. */
export interface Solo extends Partial<Faults> {
	make(plan: Plan): PlannedExecution;
}

const often = <Name extends string, Kind>(call: Name, fault: Kind) => [{ call, fault, times: 5 }];
const once = <Name extends string, Kind>(call: Name, fault: Kind) => [{ call, fault }];
const parallel = { operation: 'pdsParallel', timeout: TIMEOUT } as const;
const impatient = { operation: 'upload', timeout: 1_000 } as const;
const upload = { operation: 'upload', timeout: TIMEOUT } as const;
const fails = (saying: RegExp) => ({ ends: 'badly', saying }) as const;

/** The errors that a user gets to see, one after another. */
export const SOLOS: Solo[] = [
	{
		dingTalk: once('commit', LOST),
		make: (plan) => {
			const unknown = { ...fails(/It is unknown whether/), stored: 'all' } as const;
			return plan.single(upload, MIB, unknown);
		},
	},
	{
		dingTalk: often('ossPut', UNAVAILABLE),
		make: (plan) => plan.single(upload, 3 * MIB, fails(/ServiceUnavailable/)),
	},
	{
		pds: often('partPut', UNAVAILABLE as PdsFault),
		make: (plan) => plan.single(parallel, 5 * MIB, fails(/ServiceUnavailable/)),
	},
	{
		dingTalk: often('ossPut', STALL),
		make: (plan) => plan.single(impatient, 40 * MIB, fails(/stalled/)),
	},
	{
		dingTalk: [...once('ossPut', STALL), ...once('ossPut', UNANSWERED)],
		make: (plan) => plan.single(impatient, 40 * MIB, { ends: 'cancelled' }, { cancelAfter: 4_000 }),
	},
	{
		dingTalk: [...once('ossPut', UNANSWERED), ...once('ossPut', LOST)],
		make: (plan) => plan.single(impatient, 64 * KIB, { ends: 'well' }),
	},
	{
		dingTalk: often('ossPut', UNANSWERED),
		make: (plan) => plan.single(upload, MIB, { ends: 'cancelled' }, { cancelAfter: 300 }),
	},
	{
		pds: often('partPut', STALL as PdsFault),
		make: (plan) =>
			plan.single(
				{ operation: 'pdsInOrder', timeout: TIMEOUT },
				20 * MIB,
				{ ends: 'cancelled' },
				{ cancelAfter: 500 },
			),
	},
	{
		make: (plan) =>
			plan.single(upload, MIB, fails(/No connection/), { credentials: 'unreachable' }),
	},
];
