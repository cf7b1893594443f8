/**
 * What is known about a failed step. The functions in this file derive from it what is retried,
 * kept, resumed, reported, and skipped by a second try.
 */
export type Outcome =
	/** Nothing was done: the service never saw the step, or the step changes nothing visible. */
	| 'notSent'
	/** The service refused. */
	| 'refused'
	/** It may have been done: it was sent, and no response tells. */
	| 'unknown'
	/** It was not started: the execution was stopped, or another file had failed. */
	| 'cancelled';

/** What a step leaves behind when it is carried out. */
export type Effect =
	/** Nothing visible: it only asks, or prepares what a later step makes visible. */
	| 'none'
	/** Twice leaves the same as once. */
	| 'idempotent'
	/** Twice may leave two. */
	| 'notIdempotent';

/** Whether a step may be repeated after this outcome. */
export function mayRepeat(outcome: Outcome, effect: Effect): boolean {
	return outcome !== 'unknown' || effect !== 'notIdempotent';
}

/**
 * Returns the outcome of a step over all its attempts. If one response was lost, the outcome stays
 * unknown whatever a repetition says; but a step without an effect has nothing to lose.
 *
 * @param lost whether the response to any attempt was lost
 */
export function overall(outcome: Outcome, effect: Effect, lost = false): Outcome {
	if (effect === 'none') return outcome === 'unknown' ? 'notSent' : outcome;
	return lost ? 'unknown' : outcome;
}

/**
 * Whether a failed look-up also answers others with the same question: it would be refused again.
 */
export function isAnswer(outcome: Outcome): boolean {
	return outcome === 'refused';
}
