import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { refusingUrl } from '../services/core/ports';
import { has } from './features';
import { Caller, chain, startTokenService, TokenApi } from './fixtures';
import { n8nWorkflow, startEngine, testCredential, type Engine } from './index';

const start = { name: 'Start', type: 'n8n-nodes-base.manualTrigger' };
const caller = { name: 'Caller', type: 'test.caller' };
const twoItems = [{ json: {} }, { json: {} }];
const types = { nodes: { 'test.caller': Caller }, credentialTypes: [TokenApi] };

let service: Awaited<ReturnType<typeof startTokenService>>;
let engine: Engine;

beforeAll(async () => {
	service = await startTokenService();
});

beforeEach(async () => {
	await engine?.close();
	service.calls.length = 0;
	engine = await startEngine({
		...types,
		credentials: { tokenApi: { baseUrl: service.baseUrl, secret: 's' } },
	});
});

afterAll(async () => {
	await engine.close();
	await service.close();
});

describe('a credential with a token', () => {
	it('is logged in once and kept for the next run', async () => {
		const result = await engine.run(chain(start, caller), { input: twoItems });
		expect(result.status).toBe('success');
		await engine.run(chain(start, caller));
		expect(service.calls).toEqual(['/token', '/things', '/things', '/things']);
		expect(engine.storedCredential('tokenApi')?.token).toBe(result.items('Caller')[0].json.token);
	});

	it('is logged in again after a 401', async () => {
		await engine.run(chain(start, caller));
		service.refuse();
		service.calls.length = 0;
		const result = await engine.run(chain(start, caller), { input: twoItems });
		expect(result.status).toBe('success');
		expect(service.calls).toEqual(['/things', '/token', '/things', '/things']);
	});

	it('is not logged in again after a 403, which ends as a NodeApiError', async () => {
		const forbidden = { ...caller, parameters: { path: '/forbidden' } };
		const result = await engine.run(chain(start, forbidden));
		expect(result.error).toBeInstanceOf(n8nWorkflow.NodeApiError);
		expect(result.error).toMatchObject({ httpCode: '403', description: 'no' });
		expect(service.calls).toEqual(['/token', '/forbidden']);
	});

	it('serves the HTTP Request node as predefined credential type', async () => {
		const request = {
			name: 'HTTP Request',
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.2,
			parameters: {
				url: `${service.baseUrl}/file`,
				authentication: 'predefinedCredentialType',
				nodeCredentialType: 'tokenApi',
				options: { response: { response: { responseFormat: 'file' } } },
			},
		};
		const result = await engine.run(chain(start, request));
		const [{ binary }] = result.items('HTTP Request');
		expect(binary?.data).toMatchObject({ fileName: '报.txt', mimeType: 'text/plain' });
		expect((await engine.readBinary(binary!.data)).toString()).toBe('file');
	});

	it('is missing where the engine was given none', async () => {
		const bare = await startEngine(types);
		const result = await bare.run(chain(start, caller));
		expect(result.status).toBe('error');
		expect(result.error?.message).toContain('does not have any credentials');
		await bare.close();
	});
});

describe('the test of a credential', () => {
	const tellsReason = has("a credential test that tells the node's own reason");
	const data = () => ({ baseUrl: service.baseUrl, secret: 's' });

	it('logs in and is content with an answer', async () => {
		expect(await testCredential(engine, 'tokenApi', data())).toEqual({
			status: 'OK',
			message: 'Connection successful!',
		});
		expect(service.calls).toEqual(['/token', '/things']);
	});

	it('says what the rule for the status says', async () => {
		class Forbidden extends TokenApi {
			override test = { ...new TokenApi().test, request: { url: `${service.baseUrl}/forbidden` } };
		}
		const other = await startEngine({ ...types, credentialTypes: [Forbidden] });
		expect(await other.testCredential('tokenApi', data())).toEqual({
			status: 'Error',
			message: tellsReason
				? 'The secret is not accepted'
				: 'Forbidden - perhaps check your credentials?',
		});
		await other.close();
	});

	it('names the network error where nobody listens', async () => {
		const nobody = { baseUrl: await refusingUrl(), secret: 's' };
		expect(await engine.testCredential('tokenApi', nobody)).toEqual({
			status: 'Error',
			message: tellsReason
				? 'ECONNREFUSED'
				: 'The service refused the connection - perhaps it is offline',
		});
	});
});

describe('a list search', () => {
	it('runs with the credential, the parameters, the filter and the page', async () => {
		const abc = { filter: 'abc' };
		const first = await engine.loadOptions('test.caller', 'lines', {}, undefined, abc);
		const token = engine.storedCredential('tokenApi')?.token as string;
		expect(first).toEqual({
			results: [{ name: `line abc ${token}`, value: 'first' }],
			paginationToken: 'next',
		});
		const parameters = { prefix: 'row' };
		const page = await engine.loadOptions('test.caller', 'lines', parameters, undefined, {
			paginationToken: 'next',
		});
		expect(page.results).toEqual([{ name: `row  ${token}`, value: 'next' }]);
	});

	it('can be given a credential of its own', async () => {
		const bare = await startEngine(types);
		const own = { tokenApi: { baseUrl: service.baseUrl, secret: 's' } };
		const found = await bare.loadOptions('test.caller', 'lines', {}, own);
		expect(found.results[0].name).toMatch(/^line {2}token-\d+$/);
		await bare.close();
	});
});
