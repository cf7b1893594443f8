import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { fetchedToken } from '../../../../nodes/AlibabaCloudPds/api/authorize';
import { PdsClient } from '../../../../nodes/AlibabaCloudPds/api/client';
import {
	readCredentials,
	type JwtAppAuth,
} from '../../../../nodes/AlibabaCloudPds/api/credentials';
import type { UploadRef } from '../../../../nodes/AlibabaCloudPds/api/upload-ref';
import type { HttpRequest, HttpResponse } from '../../../../nodes/shared/transport';
import { SEED } from '../../../services/pds';
import { FakeTransport } from '../../support/fake-transport';
import {
	answerTo,
	expectExplained,
	expectUnpolluted,
	hostileAnswers,
} from '../../support/hostile-answers';
import { runs } from '../../support/runs';
import type { Shape } from '../../support/shapes';
import { FUNCTIONS } from './support/calls';

const TOKEN = 'token-that-is-secret';
const KEY = 'AccessKey-secret-of-thirty-letters';
const REF: UploadRef = { driveId: '1', fileId: 'f', uploadId: 'u' };

/** Enough for all repetitions of one call. */
const MOST_REQUESTS = 60;

const domain = { domainId: 'bj1' };
const CREDENTIALS = {
	'an access token': { ...domain, accessToken: TOKEN },
	'an AccessKey': {
		...{ ...domain, authType: 'accessKey', accessKeyId: 'id', accessKeySecret: KEY },
		securityToken: TOKEN,
	},
};

function serviceThatGives(hostile: HttpResponse): FakeTransport {
	let made = 0;
	return new FakeTransport((request: HttpRequest) => {
		if (++made > MOST_REQUESTS) throw new Error('It asks again and again');
		return answerTo(request, hostile);
	});
}

async function expectTold(
	work: Promise<unknown>,
	{ step, result }: { step: string; result: Shape },
	secrets = [TOKEN, KEY],
): Promise<void> {
	const outcome = await work.then(
		(value: unknown) => ({ value }),
		(error: unknown) => ({ error }),
	);
	if ('error' in outcome) expectExplained(outcome.error, [step], secrets);
	else expect(result(outcome.value), JSON.stringify(outcome.value)?.slice(0, 500)).toBe(true);
	expectUnpolluted();
}

describe.each(Object.entries(FUNCTIONS))('%s', (_, call) => {
	it.each(Object.entries(CREDENTIALS))(
		'takes any answer, or says what is wrong with it, with %s',
		async (_name, credential) => {
			await fc.assert(
				fc.asyncProperty(hostileAnswers(call.answer), async (hostile) => {
					const credentials = readCredentials(credential);
					const client = new PdsClient({ transport: serviceThatGives(hostile), credentials });
					await expectTold(call.make(client, REF), call);
				}),
				runs(120),
			);
		},
	);
});

describe('the call for a token', () => {
	let apps = 0;

	it('takes any answer, or says what is wrong with it', async () => {
		const valid = { access_token: TOKEN, expires_in: 7200, token_type: 'Bearer' };
		const isToken: Shape = (value) => typeof value === 'string' && value !== '';
		await fc.assert(
			fc.asyncProperty(hostileAnswers(valid), async (hostile) => {
				const app = { appId: `app-${++apps}`, privateKey: SEED.jwt.privateKey };
				const credentials = readCredentials({ ...domain, authType: 'jwtApp', ...app });
				let assertion = '';
				const service = serviceThatGives(hostile);
				const transport = Object.assign(service, {
					send: async (request: HttpRequest) => {
						assertion = new URLSearchParams(String(request.body)).get('assertion') ?? '';
						return await FakeTransport.prototype.send.call(service, request);
					},
				});
				const work = fetchedToken(transport, credentials, credentials.auth as JwtAppAuth);
				await work.catch(() => undefined);
				expect(assertion).toMatch(/^eyJ/);
				const secrets = [TOKEN, assertion, app.privateKey.slice(40, 80)];
				await expectTold(work, { step: 'token', result: isToken }, secrets);
			}),
			runs(150),
		);
	});
});
