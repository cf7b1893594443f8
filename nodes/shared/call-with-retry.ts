import type { Logger } from 'n8n-workflow';

import { toUploadError } from './errors';
import { withRetry } from './retry';
import type { Transport } from './transport';

/** What of a service call decides whether it is made again. */
export interface RepeatableCall {
	/** Step of the upload that the call is, for errors. */
	step: string;
	/** Whether carrying it out twice does no harm. */
	repeatable: boolean;
}

export interface CallOptions {
	/** Name of the service, for the log. */
	service: string;
	transport: Transport;
	logger?: Logger;
	/** Aborted when another file has failed: ends waits between calls, no call that is under way. */
	signal?: AbortSignal;
}

/**
 * Makes a call of a service, again where that is safe and may help.
 *
 * @throws {UploadError} the last error; `outcomeUnknown` when the call may have been carried out
 * although its answer is lost
 */
export async function callWithRetry<Answer>(
	{ step, repeatable }: RepeatableCall,
	{ service, transport, logger, signal }: CallOptions,
	make: () => Promise<Answer>,
): Promise<Answer> {
	let lost = false;
	const work = async () => {
		try {
			return await make();
		} catch (thrown) {
			const error = toUploadError(thrown);
			// Lost once is lost, whatever a repetition says; a token that cannot be had loses nothing.
			lost ||= error.facts.outcomeUnknown === true && error.facts.step === step;
			throw error.with({ outcomeUnknown: lost });
		}
	};
	return await withRetry(work, {
		transport,
		mayRepeat: ({ facts }) => repeatable || !facts.outcomeUnknown,
		signal,
		onRetry: ({ facts }, wait, attempt) =>
			logger?.warn(
				`${service} ${step}: ${facts.title}; attempt ${attempt + 1} in ${Math.round(wait)} ms`,
				{ code: facts.code, requestId: facts.requestId },
			),
	});
}
