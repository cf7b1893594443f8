import { type RawAnswer, rawAnswer } from '../../core/answer';
import type { ApiRequest } from '../../core/api/front';
import { PdsError } from '../errors';
import type { PdsCallName } from '../types';
import type { World } from '../world';
import { authenticate } from './auth';
import type { Endpoint } from './endpoint';

/** An answer in JSON; the CRC as a number with all its digits, as the official samples have it. */
function jsonAnswer(world: World, status: number, body: object): RawAnswer {
	const answer = rawAnswer(status, body);
	if (world.settings.crc64As === 'string') return answer;
	// Within a value the quotes would be escaped, so this meets the field only.
	return { ...answer, body: String(answer.body).replace(/("crc64_hash":)"(\d+)"/g, '$1$2') };
}

/** Carries a call out as far as the service's rules let it, and gives its answer. */
export function perform(
	world: World,
	endpoint: Endpoint | undefined,
	{ call, raw }: ApiRequest<PdsCallName>,
): RawAnswer {
	try {
		if (!endpoint) throw new PdsError(404, 'NotFound.Api', 'There is no such API.');
		const caller = endpoint.anonymous ? undefined : authenticate(world, call, raw);
		if (call.body === undefined) {
			const message = 'The input parameter body is invalid Json format.';
			throw new PdsError(400, 'InvalidRequestJSONFormat', message);
		}
		return jsonAnswer(world, 200, endpoint.handle({ world, body: call.body, caller }) as object);
	} catch (error) {
		if (!(error instanceof PdsError)) throw error;
		return jsonAnswer(world, error.status, error.toBody());
	}
}
