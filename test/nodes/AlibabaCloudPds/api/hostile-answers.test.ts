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
import { answerTo, expectTold, hostileAnswers } from '../../support/hostile-answers';
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

describe.each(Object.entries(FUNCTIONS))('%s', (_, call) => {
	it.each(Object.entries(CREDENTIALS))(
		'takes any answer, or says what is wrong with it, with %s',
		async (_name, credential) => {
			await fc.assert(
				fc.asyncProperty(hostileAnswers(call.answer), async (hostile) => {
					const credentials = readCredentials(credential);
					const client = new PdsClient({ transport: serviceThatGives(hostile), credentials });
					const { step, result } = call;
					await expectTold(call.make(client, REF), { steps: [step], result }, [TOKEN, KEY]);
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
				await expectTold(work, { steps: ['token'], result: isToken }, secrets);
			}),
			runs(150),
		);
	});
});
