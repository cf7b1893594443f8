import fc from 'fast-check';
import { afterAll, beforeAll, describe, it, vi } from 'vitest';

import { accessToken } from '../../../../nodes/DingTalkKnowledgeBase/api/access-token';
import { DingTalkClient } from '../../../../nodes/DingTalkKnowledgeBase/api/client';
import { readCredentials } from '../../../../nodes/DingTalkKnowledgeBase/api/credentials';
import {
	UndiciTransport,
	type HttpRequest,
	type HttpResponse,
} from '../../../../nodes/shared/transport';
import { answerOf, FakeTransport } from '../../support/fake-transport';
import { answerTo, expectTold, hostileAnswers } from '../../support/hostile-answers';
import { runs } from '../../support/runs';
import { startWire, type Wire } from '../../support/wire';
import type { ApiFunction, Ids } from './support/api-function';
import { FUNCTIONS } from './support/calls';

const TOKEN = 'token-that-is-secret';
const SECRET = 'app-secret-that-is-secret';
const IDS: Ids = { parent: 'p', operator: 'o', page: 'g', space: 's', dentry: '0' };

/** Enough for all repetitions of one call. */
const MOST_REQUESTS = 60;

/** Milliseconds that were waited for, which takes no time here: the clock of the rate goes by them. */
let waited = 0;

class QuickTransport extends FakeTransport {
	override async wait(milliseconds: number): Promise<void> {
		waited += milliseconds;
	}
}

beforeAll(() => {
	const now = performance.now.bind(performance);
	vi.spyOn(performance, 'now').mockImplementation(() => now() + waited);
});

afterAll(() => {
	vi.restoreAllMocks();
});

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
	return new QuickTransport((request: HttpRequest): HttpResponse => {
		if (++made > MOST_REQUESTS) throw new Error('It asks again and again');
		if (request.url.endsWith('/v1.0/oauth2/accessToken')) {
			return answerOf(200, { accessToken: TOKEN, expireIn: 7200 });
		}
		if (next === at) return answerTo(request, hostile);
		const { status = 200, body } = requests[next++].answer(IDS);
		return answerOf(status, body);
	});
}

const told = async (work: Promise<unknown>, call: ApiFunction) =>
	await expectTold(work, call, [TOKEN, SECRET]);

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
					await told(make(client, IDS), call);
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
				await told(accessToken(transport, newCredentials(more)), token);
			}),
			runs(300),
		);
	});
});

describe('over a real socket', () => {
	let wire: Wire;

	beforeAll(async () => {
		wire = await startWire();
	});
	afterAll(async () => await wire.close());

	const json = JSON.stringify({ dentry: { uuid: 'u', name: 'n' } });
	const text = fc.constantFrom(json, `\ufeff${json}`, json.slice(0, -1), '', '<html>Login</html>');
	const bytes = fc.oneof(
		fc.uint8Array({ maxLength: 200 }),
		fc
			.constantFrom<BufferEncoding>('utf8', 'utf16le', 'latin1')
			.chain((encoding) => text.map((each) => Buffer.from(each, encoding))),
		// An answer in the middle of which is no UTF-8.
		fc
			.uint8Array({ minLength: 1, maxLength: 4, min: 0x80 })
			.map((noise) =>
				Buffer.concat([Buffer.from('{"dentry":{"uuid":"'), noise, Buffer.from('","name":"n"}}')]),
			),
	);
	const headers = fc.record(
		{
			'content-type': fc.constantFrom('text/html', 'application/json; charset=utf-16', 'x', ''),
			'content-encoding': fc.constantFrom('gzip', 'br', 'identity', 'x'),
			'x-acs-request-id': fc.stringMatching(/^[ -~]{0,40}$/),
			'set-cookie': fc.constant('a=b'),
		},
		{ requiredKeys: [] },
	);

	it('takes any bytes under any name, or says what is wrong with them', async () => {
		await fc.assert(
			fc.asyncProperty(bytes, headers, async (body, sent) => {
				wire.answer = ({ url }) =>
					url.includes('/oauth2/')
						? { body: { accessToken: TOKEN, expireIn: 7200 } }
						: { body: Buffer.from(body), headers: sent as Record<string, string> };
				const credentials = newCredentials({ region: 'custom', apiBaseUrl: wire.url });
				const transport = Object.assign(new UndiciTransport(), { wait: async () => undefined });
				const client = new DingTalkClient({ transport, credentials });
				await told(FUNCTIONS.commitFile.make(client, IDS), FUNCTIONS.commitFile);
			}),
			runs(150),
		);
	});
});
