import { describe, expect, it } from 'vitest';

import { asRefusal, meaningOf } from '../../../nodes/shared/status';

const answer = (status: number) => ({ status });

describe('an answer without a code of the service', () => {
	it.each([
		['429', answer(429), 'throttled', 'refused'],
		['421, given before the request is looked at', answer(421), 'transient', 'refused'],
		['425, given before the request is looked at', answer(425), 'transient', 'refused'],
		['408: a gateway may have passed it on', answer(408), 'transient', 'unknown'],
		['a redirect', answer(303), 'never', 'unknown'],
		['403 of whoever stands in between', answer(403), 'never', 'unknown'],
		['502', answer(502), 'transient', 'unknown'],
		['200', answer(200), 'transient', 'unknown'],
	] as const)('means by its status: %s', (_, given, retry, outcome) => {
		expect(meaningOf(given)).toEqual({ retry, outcome });
	});
});

describe("an answer in the service's name", () => {
	it.each([
		[403, 'refused'],
		[200, 'refused'],
		[303, 'unknown'],
		[408, 'unknown'],
		[500, 'unknown'],
	])('with status %i is %s', (status, outcome) => {
		expect(asRefusal(meaningOf(answer(status)), { status }).outcome).toBe(outcome);
	});
});
