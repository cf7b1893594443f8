import { describe, expect, it } from 'vitest';

import { DingTalkClient } from '../../../../nodes/DingTalkKnowledgeBase/api/client';
import { readCredentials } from '../../../../nodes/DingTalkKnowledgeBase/api/credentials';
import { toUploadError } from '../../../../nodes/shared/errors';
import { TransportError, type HttpResponse } from '../../../../nodes/shared/transport';
import { answerOf, FakeTransport } from '../../support/fake-transport';
import type { ApiFunction, Ids } from './support/api-function';
import { FUNCTIONS } from './support/calls';

const IDS: Ids = { parent: 'p', operator: 'o', page: 'g', space: 's', dentry: '0' };

/** Carried out twice they may leave two: never made again when an answer was lost. */
const ONCE = new Set([
	...['commitFile', 'copyDentry', 'moveDentry', 'revertVersion', 'sendLink', 'sendCopy'],
]);

const CASES = Object.entries(FUNCTIONS).flatMap(([name, { steps }]) =>
	steps.map((step, at) => ({ name, step, at })),
);

let apps = 0;

/** A client of an app of its own; its token needs no answer. */
function clientWith(answer: () => HttpResponse): DingTalkClient {
	const transport = new FakeTransport(({ url }) =>
		url.endsWith('/oauth2/accessToken')
			? answerOf(200, { accessToken: 'token-that-is-secret', expireIn: 7200 })
			: answer(),
	);
	const credentials = readCredentials({
		...{ region: 'international', appKey: `lost-${++apps}`, appSecret: 'secret' },
	});
	return new DingTalkClient({ transport, credentials });
}

/** Makes the function's calls while the first answer to one of them is lost. */
async function withoutFirstAnswer({ requests, make }: ApiFunction, at: number) {
	let answered = 0;
	let lost = 0;
	const client = clientWith(() => {
		if (answered === at && lost++ === 0) {
			throw new TransportError('reset', 'api.example.com', true, 'ECONNRESET');
		}
		const { status = 200, body } = requests[answered++].answer(IDS);
		return answerOf(status, body);
	});
	const error = await make(client, IDS).then(() => undefined, toUploadError);
	return { error, answered };
}

describe('a call whose first answer is lost', () => {
	it.each(CASES.filter(({ name }) => !ONCE.has(name)))(
		'is made again: $step of $name',
		async ({ name, at }) => {
			const { requests } = FUNCTIONS[name];
			expect(await withoutFirstAnswer(FUNCTIONS[name], at)).toEqual({
				error: undefined,
				answered: requests.length,
			});
		},
	);

	it.each(CASES.filter(({ name }) => ONCE.has(name)))(
		'is not made again where it may leave two, and its outcome is unknown: $step of $name',
		async ({ name, at }) => {
			const { error, answered } = await withoutFirstAnswer(FUNCTIONS[name], at);
			expect(error?.facts.outcome).toBe('unknown');
			expect(answered).toBe(at);
		},
	);
});

describe('an answer to a commit', () => {
	/** Commits once. @returns the outcome, and how often it was asked */
	async function commit(status: number, body: object) {
		let commits = 0;
		const client = clientWith(() => {
			commits++;
			return answerOf(status, body);
		});
		const error = await FUNCTIONS.commitFile.make(client, IDS).then(() => undefined, toUploadError);
		return { outcome: error?.facts.outcome, commits };
	}

	it.each<[number, object]>([
		[401, {}],
		[401, { message: 'Unauthorized' }],
		[403, { code: 'GATEWAY_BLOCKED' }],
		[400, { code: '400' }],
		[400, { code: 'E1', request_id: 'that of the gateway' }],
		[400, { code: 'E1', requestId: 'that of the gateway' }],
		[400, { errcode: 99999, errmsg: 'x', request_id: 'that of the gateway' }],
		[400, { code: 'BackendServiceTimeout' }],
		[200, { success: false }],
		[200, { success: false, code: 'TIMEOUT' }],
		[200, { code: '504' }],
	])(
		'of a gateway may come after the work, so it is not made again: %i %j',
		async (status, body) => {
			expect(await commit(status, body)).toEqual({ outcome: 'unknown', commits: 1 });
		},
	);

	it.each([
		[403, { code: 'permissionDenied' }, 1],
		[400, { code: 'notDocumented', requestid: 'R' }, 1],
		[200, { success: false, requestid: 'R' }, 1],
		[401, { code: 'InvalidAuthentication' }, 2],
	])('of DingTalk is a refusal: %i %j', async (status, body, commits) => {
		expect(await commit(status, body)).toEqual({ outcome: 'refused', commits });
	});
});
