import { type RawAnswer, rawAnswer } from '../../dingtalk/fault-answer';
import { PdsError } from '../errors';
import type { PdsCall } from '../types';
import type { World } from '../world';
import { authenticate } from './auth';
import type { Endpoint } from './endpoint';

function isOfType(call: PdsCall, type: string): boolean {
	return (call.headers['content-type'] ?? '').split(';')[0].trim().toLowerCase() === type;
}

function parsed(endpoint: Endpoint | undefined, call: PdsCall, text: string): unknown {
	if (endpoint?.form) {
		if (!isOfType(call, 'application/x-www-form-urlencoded')) return undefined;
		return Object.fromEntries(new URLSearchParams(text));
	}
	if (!isOfType(call, 'application/json')) return undefined;
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}

/** An answer in JSON; the CRC as a number with all its digits, as the official samples have it. */
function jsonAnswer(world: World, status: number, body: object): RawAnswer {
	const answer = rawAnswer(status, body);
	if (world.settings.crc64As === 'string') return answer;
	// Within a value the quotes would be escaped, so this meets the field only.
	return { ...answer, body: String(answer.body).replace(/("crc64_hash":)"(\d+)"/g, '$1$2') };
}

function carryOut(
	world: World,
	endpoint: Endpoint | undefined,
	call: PdsCall,
	raw: Buffer,
): RawAnswer {
	try {
		if (!endpoint) throw new PdsError(404, 'NotFound.Api', 'There is no such API.');
		const caller = endpoint.form ? undefined : authenticate(world, call, raw);
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

/** Reads a call's body into its record, and gives what carries the call out. */
export function perform(
	world: World,
	endpoint: Endpoint | undefined,
	call: PdsCall,
	raw: Buffer,
): () => RawAnswer {
	call.body = parsed(endpoint, call, raw.toString());
	return () => carryOut(world, endpoint, call, raw);
}
