import fc from 'fast-check';
import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { AlibabaCloudPdsApi } from '../../credentials/AlibabaCloudPdsApi.credentials';
import { DingTalkApi } from '../../credentials/DingTalkApi.credentials';
import { startEngine, type Engine } from '../engine';
import { chain } from '../engine/fixtures';
import { START } from '../nodes/support/rig';
import { hostileText } from '../nodes/support/hostile';
import { runs } from '../nodes/support/runs';
import { startWire, type Wire } from '../nodes/support/wire';

const TOKEN = 'token-that-is-secret';
const SECRET = 'secret-of-the-key-or-app';

let api: Wire;
let other: Wire;
let engine: Engine;

/** What signs or opens something; none of it may come to another host. */
function secretsIn({ arrived }: Wire): string[] {
	const text = JSON.stringify(arrived);
	const secrets = [TOKEN, SECRET, 'acs key-id', 'x-acs-signature', 'x-acs-dingtalk-access-token'];
	return secrets.filter((secret) => text.includes(secret));
}

const CREDENTIALS: Record<string, (base: string) => [string, IDataObject]> = {
	DingTalk: (base) => [
		'dingTalkApi',
		{ region: 'custom', apiBaseUrl: base, appKey: 'k', appSecret: SECRET, accessToken: TOKEN },
	],
	'PDS with an access token': (base) => [
		'alibabaCloudPdsApi',
		{ domainId: 'bj1', apiBaseUrl: base, authType: 'accessToken', accessToken: TOKEN },
	],
	'PDS with an AccessKey': (base) => [
		'alibabaCloudPdsApi',
		{
			...{ domainId: 'bj1', apiBaseUrl: base, authType: 'accessKey' },
			...{ accessKeyId: 'key-id', accessKeySecret: SECRET, securityToken: TOKEN },
		},
	],
};

beforeAll(async () => {
	api = await startWire();
	other = await startWire();
});
beforeEach(() => {
	api.arrived.length = 0;
	other.arrived.length = 0;
	api.answer = () => ({ body: { ok: true } });
});
afterAll(async () => {
	await api.close();
	await other.close();
});

/** Pieces of which an address is put together that looks like the API's. */
function pieces(): fc.Arbitrary<string> {
	const [ours, theirs] = [new URL(api.url).host, new URL(other.url).host];
	return fc.oneof(
		{
			weight: 8,
			arbitrary: fc.constantFrom(
				...[
					api.url,
					other.url,
					ours,
					theirs,
					'/',
					'//',
					'\\',
					'\\\\',
					'@',
					':',
					'?',
					'#',
					'.',
					'..',
				],
				...[
					'http:',
					'HTTP://',
					'http:/',
					'%2f',
					'%40',
					'\t',
					'\n',
					' ',
					'u:p@',
					'/gateway',
					'/topapi/',
				],
				...['/v1.0/x', '/v2/file/get', ';', '&', 'http://', '127.0.0.1', '/../', '/%2e%2e/', ''],
			),
		},
		{ weight: 1, arbitrary: hostileText() },
	);
}

/** Half of them begin as an address has to, for n8n to make a request at all. */
const address = () =>
	fc
		.tuple(
			fc.constantFrom('', 'http://', `${other.url}`, `${api.url}/gateway`, `${api.url}`),
			fc.array(pieces(), { maxLength: 5 }),
		)
		.map(([start, all]) => start + all.join(''));

describe.each(Object.entries(CREDENTIALS))("n8n's HTTP Request node with %s", (_, credential) => {
	const [type, data] = credential('');
	let base: string;

	beforeAll(async () => {
		base = `${api.url}/gateway`;
		engine = await startEngine({ credentials: { [type]: { ...data, apiBaseUrl: base } } });
	});
	afterAll(async () => await engine.close());

	async function request(url: string) {
		const node = {
			name: 'Request',
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.2,
			parameters: {
				...{ method: 'POST', url: url.startsWith('=') ? `=${url}` : url },
				...{ authentication: 'predefinedCredentialType', nodeCredentialType: type },
			},
		};
		await engine.run(chain(START, node));
	}

	it('gives what it has to the API', async () => {
		await request(`${base}/v1.0/x`);
		expect(secretsIn(api)).not.toEqual([]);
	});

	it('gives nothing to any other host, however the address is written', async () => {
		const reached = { own: 0, other: 0 };
		await fc.assert(
			fc.asyncProperty(address(), async (url) => {
				api.arrived.length = 0;
				other.arrived.length = 0;
				await request(url);
				expect(secretsIn(other)).toEqual([]);
				if (secretsIn(api).length > 0) reached.own++;
				reached.other += other.arrived.length;
			}),
			runs(200),
		);
		expect(Math.min(reached.own, reached.other)).toBeGreaterThan(runs(5).numRuns);
	});

	it.each([301, 302, 303, 307, 308])(
		'gives nothing to the goal of a redirect (%i)',
		async (status) => {
			api.answer = () => ({ status, body: {}, headers: { location: `${other.url}/v1.0/x` } });
			await request(`${base}/v1.0/x`);
			expect(api.arrived).toHaveLength(1);
			expect(secretsIn(api)).not.toEqual([]);
			expect(secretsIn(other)).toEqual([]);
		},
	);
});

describe('what a credential adds to a request', () => {
	const hosts: Record<string, string[]> = {
		international: ['https://api.dingtalk.io', 'https://oapi.dingtalk.io'],
		china: ['https://api.dingtalk.com', 'https://oapi.dingtalk.com'],
		pds: ['https://bj1.api.aliyunpds.com'],
	};

	async function authenticated(name: string, request: object): Promise<IHttpRequestOptions> {
		const options = request as IHttpRequestOptions;
		if (name === 'pds') {
			const data = { domainId: 'bj1', accessToken: TOKEN };
			return await new AlibabaCloudPdsApi().authenticate(data, options);
		}
		// The token of a region is fetched when this process has none: the base URL stands for it here.
		const [apiBaseUrl, legacyApiBaseUrl] = hosts[name];
		const app = { appKey: 'k', appSecret: SECRET, accessToken: TOKEN };
		const data = { region: 'custom', apiBaseUrl, legacyApiBaseUrl, ...app };
		return await new DingTalkApi().authenticate(data, options);
	}

	const added = (request: object) => JSON.stringify(request).includes(TOKEN);

	/** Texts around a host's name that lead elsewhere. */
	const elsewhere = (host: string) => {
		const name = new URL(host).hostname;
		const text = hostileText().map((each) => each.replace(/[/\\?#@:\s]/g, ''));
		return fc.oneof(
			text.map((evil) => `https://${name}@evil.example/${evil}`),
			text.map((evil) => `https://${name}:443@evil.example/${evil}`),
			text.map((evil) => `https://${name}.evil.example/${evil}`),
			text.map((evil) => `https://evil.example/${name}/${evil}`),
			text.map((evil) => `https://evil.example?https://${name}/${evil}`),
			text.map((evil) => `https://evil.example#https://${name}/${evil}`),
			text.map((evil) => `https://evil.example\\@${name}/${evil}`),
			text.map((evil) => `http://${name}/${evil}`),
			text.map((evil) => `https://${name}:8443/${evil}`),
			text.map((evil) => `https://x${name}/${evil}`),
			text.map((evil) => `ftp://${name}/${evil}`),
			text.map((evil) => `${name}/${evil}`),
		);
	};

	it.each(Object.keys(hosts))('stays with its own hosts: %s', async (name) => {
		for (const host of hosts[name]) {
			const form = fc.constantFrom('url', 'uri');
			const property = fc.asyncProperty(elsewhere(host), form, async (url, key) => {
				expect(added(await authenticated(name, { [key]: url }))).toBe(false);
			});
			await fc.assert(property, runs(150));
		}
	});

	it.each(Object.keys(hosts))('is not lured away from a base URL: %s', async (name) => {
		const [host] = hosts[name];
		const lure = fc.constantFrom(
			...[
				'//evil.example/x',
				'\\\\evil.example/x',
				'https://evil.example/',
				'HTTPS://evil.example',
			],
			...['ftp://evil.example', 'wss://evil.example/x', '/\\evil.example', 'http://evil.example'],
		);
		const suffix = fc.constantFrom('', '/', '/x', '/x/');
		await fc.assert(
			fc.asyncProperty(lure, suffix, async (url, end) => {
				expect(added(await authenticated(name, { baseURL: `${host}${end}`, url }))).toBe(false);
			}),
			runs(100),
		);
	});

	it.each(Object.keys(hosts))('is there for every way to write its own: %s', async (name) => {
		const [host] = hosts[name];
		for (const request of [
			{ url: `${host}/v1.0/x` },
			{ uri: `${host}/v1.0/x?y=z` },
			{ url: `${host}:443/v1.0/x` },
			{ url: `${host.toUpperCase()}/v1.0/x` },
			{ baseURL: host, url: '/v1.0/x' },
			{ baseURL: `${host}/`, url: 'v1.0/x' },
		]) {
			expect(added(await authenticated(name, request)), JSON.stringify(request)).toBe(true);
		}
	});
});
