import { createServer, type Server } from 'node:http';
import {
	getDefaultAutoSelectFamily,
	setDefaultAutoSelectFamily,
	type LookupFunction,
} from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import {
	closeDispatchers,
	UndiciTransport,
	type EgressFilter,
} from '../../../../nodes/shared/transport';
import { listen } from '../../../services/core/listen';
import { startProxy, withProxies, type Proxy } from './support/proxy';

let server: Server;
let port: string;
let proxy: Proxy;
const before = getDefaultAutoSelectFamily();

beforeAll(async () => {
	// As n8n does at its start (packages/cli/src/commands/base-command.ts).
	setDefaultAutoSelectFamily(false);
	server = createServer((request, response) => {
		request.resume().on('end', () => response.end('hello'));
	});
	({ port } = new URL(await listen(server)));
	proxy = await startProxy();
});

afterAll(async () => {
	setDefaultAutoSelectFamily(before);
	await closeDispatchers();
	server.closeAllConnections();
	server.close();
	proxy.stop();
});

/** Every name has these addresses, in this order. */
function resolvingTo(...addresses: Array<{ address: string; family: number }>): EgressFilter {
	const lookup: LookupFunction = (_hostname, options, callback) => {
		if (options.all) return callback(null, addresses);
		callback(null, addresses[0].address, addresses[0].family);
	};
	return {
		validateUrl: async () => ({ ok: true }),
		validateConnectionHost: () => ({ ok: true }),
		createSecureLookup: () => lookup,
	};
}

const HERE = { address: '127.0.0.1', family: 4 };

async function post(egressFilter: EgressFilter, url: string) {
	// The pools are kept for the process, which has one filter; here each test has its own.
	await closeDispatchers();
	const transport = new UndiciTransport({ egressFilter });
	return await transport.send({ method: 'POST', url, headers: {}, body: '{}', timeout: 5000 });
}

describe('a host with two addresses, in a process that does not choose between them', () => {
	const dead: Array<[string, { address: string; family: number }]> = [
		['refuses', { address: '::1', family: 6 }],
		['leads nowhere', { address: '100::1', family: 6 }],
		['of the same family refuses', { address: '127.0.0.2', family: 4 }],
	];

	it.each(dead)('is reached at the second when the first %s', async (_, first) => {
		const filter = resolvingTo(first, HERE);
		expect((await post(filter, `http://service.test:${port}/`)).text).toBe('hello');
	});

	it.each(dead)('is reached when it is a proxy whose first address %s', async (_, first) => {
		const filter = resolvingTo(first, HERE);
		const variables = { HTTP_PROXY: `http://proxy.test:${new URL(proxy.url).port}` };
		const url = `http://127.0.0.1:${port}/`;
		const { text } = await withProxies(variables, async () => await post(filter, url));
		expect(text).toBe('hello');
		expect(proxy.take().requests).toEqual([url]);
	});

	it('is refused when all its addresses refuse, and nothing was sent', async () => {
		const nobody = { address: '127.0.0.3', family: 4 };
		const sending = post(
			resolvingTo({ address: '::1', family: 6 }, nobody),
			`http://a.test:${port}/`,
		);
		await expect(sending).rejects.toMatchObject({ failure: 'connect', sent: false });
	});
});
