import type { IExecuteFunctions } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';

import { visitOf } from '../../../../nodes/shared/execution/visit';

interface Try {
	node?: string;
	retryOnFail?: boolean;
	/** What n8n keeps for the visit, with the node that it belongs to. */
	data: { node: { name: string } };
	/** JSON of the first input item. */
	json?: object;
}

function contextOf({ node = 'Upload', retryOnFail = true, data, json = {} }: Try) {
	return {
		getNode: () => ({ name: node, retryOnFail }),
		getExecuteData: () => data,
		getInputData: () => [{ json }],
	} as unknown as IExecuteFunctions;
}

const dataOf = (name: string) => ({ node: { name } });

describe('the memory of a visit', () => {
	it('is the same for all tries of it, and another one for another visit', () => {
		const data = dataOf('Upload');
		const first = visitOf(contextOf({ data }));
		expect(visitOf(contextOf({ data }))).toBe(first);
		expect(visitOf(contextOf({ data: dataOf('Upload') }))).not.toBe(first);
	});

	it('is empty each time without "Retry On Fail"', () => {
		const data = dataOf('Upload');
		const first = visitOf(contextOf({ data, retryOnFail: false }));
		expect(visitOf(contextOf({ data, retryOnFail: false }))).not.toBe(first);
	});

	it("belongs to one call of an agent's tool, whose tries share what they are asked", () => {
		// n8n gives all calls of a tool the data of the agent.
		const data = dataOf('Agent');
		const [one, other] = [{ content: 'a' }, { content: 'a' }];
		const first = visitOf(contextOf({ data, json: one }));
		expect(visitOf(contextOf({ data, json: one }))).toBe(first);
		expect(visitOf(contextOf({ data, json: other }))).not.toBe(first);
	});
});
