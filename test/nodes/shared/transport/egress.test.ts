import { lookup as dnsLookup } from 'node:dns';
import { createServer, type Server } from 'node:http';
import type { LookupFunction } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { fromTransport } from '../../../../nodes/shared/errors';
import {
	closeDispatchers,
	UndiciTransport,
	type EgressFilter,
} from '../../../../nodes/shared/transport';
import { listen } from '../../../services/core/listen';
import { failureOf } from './support/failure';
import { withProxies } from './support/proxy';

let server: Server;
let port: string;
let requests = 0;

beforeAll(async () => {
	server = createServer((_, response) => {
		requests++;
		response.end('hello');
	});
	({ port } = new URL(await listen(server)));
});

afterAll(async () => {
	await closeDispatchers();
	server.closeAllConnections();
	server.close();
});

interface Asked {
	urls: string[];
	hosts: string[];
	lookups: string[];
}

/** A filter that refuses some hosts, each at one of its three gates, and notes what it is asked. */
function filterWith(refused: { url?: string; lookup?: string; host?: string } = {}) {
	const asked: Asked = { urls: [], hosts: [], lookups: [] };
	const verdict = (bad: boolean) =>
		bad ? { ok: false as const, error: new Error('restricted') } : { ok: true as const };
	const lookup: LookupFunction = (hostname, options, callback) => {
		asked.lookups.push(hostname);
		if (hostname === refused.lookup) return callback(new Error('restricted'), '', 4);
		dnsLookup('127.0.0.1', options, callback as never);
	};
	const filter: EgressFilter = {
		validateUrl: async (url) => {
			asked.urls.push(String(url));
			return verdict(new URL(url).hostname === refused.url);
		},
		validateConnectionHost: (host) => {
			asked.hosts.push(host);
			return verdict(host === refused.host);
		},
		createSecureLookup: () => lookup,
	};
	return { filter, asked };
}

async function post(egressFilter: EgressFilter, host = 'service.test') {
	// The pools are kept for the process, which has one filter; here each test has its own.
	await closeDispatchers();
	const transport = new UndiciTransport({ egressFilter });
	const url = `http://${host}:${port}/x`;
	return await transport.send({ method: 'POST', url, headers: {}, body: '{}', timeout: 5000 });
}

describe("the n8n server's egress filter", () => {
	it('is asked for every URL, and its look-up leads to the host', async () => {
		const { filter, asked } = filterWith();
		expect((await post(filter)).text).toBe('hello');
		expect(asked).toEqual({
			urls: [`http://service.test:${port}/x`],
			hosts: [],
			lookups: ['service.test'],
		});
	});

	it('keeps a request from a host that it refuses, before any connection', async () => {
		const before = requests;
		const { filter, asked } = filterWith({ url: 'service.test' });
		const error = await failureOf(post(filter));
		expect(error).toMatchObject({ failure: 'forbidden', sent: false });
		expect(fromTransport(error, 'uploadToOss').facts).toMatchObject({
			title: `This n8n server does not allow connections to service.test:${port}`,
			description: expect.stringContaining('N8N_SSRF_ALLOWED') as string,
			retry: 'never',
			outcome: 'notSent',
		});
		expect(asked.lookups).toEqual([]);
		expect(requests).toBe(before);
	});

	it('keeps a request from a host whose address it refuses at the look-up', async () => {
		const { filter } = filterWith({ lookup: 'service.test' });
		const error = await failureOf(post(filter));
		expect(error).toMatchObject({ failure: 'forbidden', sent: false });
	});

	it('is asked for a proxy that is named by its address', async () => {
		const { filter, asked } = filterWith();
		const variables = { HTTP_PROXY: `http://127.0.0.1:${port}` };
		expect((await withProxies(variables, async () => await post(filter))).text).toBe('hello');
		expect(asked.hosts).toEqual(['127.0.0.1']);
	});

	it('keeps a request from a proxy that it refuses, with a sentence', async () => {
		const before = requests;
		const { filter } = filterWith({ host: '127.0.0.1' });
		const variables = { HTTP_PROXY: `http://127.0.0.1:${port}` };
		const error = await failureOf(withProxies(variables, async () => await post(filter)));
		expect(error).toMatchObject({ failure: 'forbidden', sent: false });
		expect(requests).toBe(before);
	});

	it('looks up the name of a proxy', async () => {
		const { filter, asked } = filterWith();
		const variables = { HTTP_PROXY: `http://proxy.test:${port}` };
		expect((await withProxies(variables, async () => await post(filter))).text).toBe('hello');
		expect(asked.lookups).toEqual(['proxy.test']);
	});
});
