import { expect } from 'vitest';

import { TransportError } from '../../../../../nodes/shared/transport';

/** What a request that has to fail failed with. */
export async function failureOf(sending: Promise<unknown>): Promise<TransportError> {
	const error: unknown = await sending.then(
		() => undefined,
		(thrown: unknown) => thrown,
	);
	expect(error).toBeInstanceOf(TransportError);
	return error as TransportError;
}
