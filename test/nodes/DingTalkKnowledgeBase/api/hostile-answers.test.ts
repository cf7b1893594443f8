import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { accessToken } from '../../../../nodes/DingTalkKnowledgeBase/api/access-token';
import { DingTalkClient } from '../../../../nodes/DingTalkKnowledgeBase/api/client';
import { readCredentials } from '../../../../nodes/DingTalkKnowledgeBase/api/credentials';
import type { HttpRequest, HttpResponse } from '../../../../nodes/shared/transport';
import { answerOf, FakeTransport } from '../../support/fake-transport';
import {
	answerTo,
	expectExplained,
	expectUnpolluted,
	hostileAnswers,
} from '../../support/hostile-answers';
import { runs } from '../../support/runs';
import { FUNCTIONS, type ApiFunction, type Ids } from './support/calls';

const TOKEN = 'token-that-is-secret';
const SECRET = 'app-secret-that-is-secret';
const IDS: Ids = { parent: 'p', operator: 'o', page: 'g', space: 's', dentry: '0' };

/** Enough for all repetitions of one call. */
const MOST_REQUESTS = 60;

let apps = 0;

/** Each with an app of its own: tokens and rates are kept per app. */
function newCredentials(more: object = {}) {
	const app = { appKey: `key-${++apps}`, appSecret: SECRET };
	return readCredentials({ region: 'international', ...app, ...more });
}

/** A service that gives the hostile answer to one of the requests, and valid ones to the others. */
function transportOf({ requests }: ApiFunction, at: number, hostile: HttpResponse): FakeTransport {
	let made = 0;
	let next = 0;
	return new FakeTransport((request: HttpRequest): HttpResponse => {
		if (++made > MOST_REQUESTS) throw new Error('It asks again and again');
		if (request.url.endsWith('/v1.0/oauth2/accessToken')) {
			return answerOf(200, { accessToken: TOKEN, expireIn: 7200 });
		}
		if (next === at) return answerTo(request, hostile);
		const { status = 200, body } = requests[next++].answer(IDS);
		return answerOf(status, body);
	});
}

async function expectTold(work: Promise<unknown>, { steps, result }: ApiFunction): Promise<void> {
	const outcome = await work.then(
		(value: unknown) => ({ value }),
		(error: unknown) => ({ error }),
	);
	if ('error' in outcome) expectExplained(outcome.error, steps, [TOKEN, SECRET]);
	else expect(result(outcome.value), JSON.stringify(outcome.value)?.slice(0, 500)).toBe(true);
	expectUnpolluted();
}

describe.each(Object.entries(FUNCTIONS))('%s', (_, call) => {
	const { requests, make } = call;
	it.each([...requests.keys()])(
		'takes any answer, or says what is wrong with it (request %i)',
		async (at) => {
			const { body } = requests[at].answer(IDS);
			await fc.assert(
				fc.asyncProperty(hostileAnswers(body), async (hostile) => {
					const transport = transportOf(call, at, hostile);
					const client = new DingTalkClient({ transport, credentials: newCredentials() });
					await expectTold(make(client, IDS), call);
				}),
				runs(150),
			);
		},
	);
});

describe('the call for a token', () => {
	it.each([
		['an internal app', {}],
		['a third-party app', { appType: 'thirdParty', corpId: 'c', suiteTicket: SECRET }],
	])('takes any answer, or says what is wrong with it: %s', async (_, more) => {
		const valid = { accessToken: TOKEN, expireIn: 7200 };
		const token: ApiFunction = {
			file: '',
			make: async () => undefined,
			requests: [],
			steps: ['token'],
			result: (value) => typeof value === 'string' && value !== '',
		};
		await fc.assert(
			fc.asyncProperty(hostileAnswers(valid), async (hostile) => {
				const transport = new FakeTransport((request) => answerTo(request, hostile));
				await expectTold(accessToken(transport, newCredentials(more)), token);
			}),
			runs(300),
		);
	});
});
