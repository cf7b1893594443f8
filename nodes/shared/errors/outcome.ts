/**
 * What is known of what a failed step was to do. What is made again, kept, resumed, reported and
 * skipped by a second try follows from it, by the functions of this file.
 */
export type Outcome =
	/** Nothing was done: the service never saw it, or it changes nothing that anybody sees. */
	| 'notSent'
	/** The service answered no. */
	| 'refused'
	/** It may have been done: it was sent, and no answer came that tells. */
	| 'unknown'
	/** It was not begun: the execution was stopped, or another file had failed. */
	| 'cancelled';

/** What a step leaves behind when it is carried out. */
export type Effect =
	/** Nothing that anybody sees: it asks, or prepares what a later step makes visible. */
	| 'none'
	/** Carried out twice it leaves the same as once. */
	| 'idempotent'
	/** Carried out twice it may leave two. */
	| 'notIdempotent';

/** Whether the step may be taken again after this outcome. */
export function mayRepeat(outcome: Outcome, effect: Effect): boolean {
	return outcome !== 'unknown' || effect !== 'notIdempotent';
}

/**
 * The outcome of a step, over all its attempts: lost once is lost, whatever a repetition says, but of
 * a step without an effect nothing can be lost.
 */
export function overall(outcome: Outcome, effect: Effect, lost = false): Outcome {
	if (effect === 'none') return outcome === 'unknown' ? 'notSent' : outcome;
	return lost ? 'unknown' : outcome;
}

/** Whether the failure of a look-up answers those who ask the same: it would be refused again. */
export function isAnswer(outcome: Outcome): boolean {
	return outcome === 'refused';
}
