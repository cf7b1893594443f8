import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { fromTransport } from '../../../../nodes/shared/errors';
import { closeDispatchers, UndiciTransport } from '../../../../nodes/shared/transport';
import { listen } from '../../../services/core/listen';
import { until } from '../../../until';
import { closeDispatchers as closeBuilt, inHaste } from '../../support/haste';
import { openSockets } from '../../support/open-handles';
import { startNode, upload } from '../../DingTalkKnowledgeBase/support/uploads';
import { failureOf } from './support/failure';
import { withProxies } from './support/proxy';

/** Nobody asks for its address: the proxy would. */
const SERVICE = 'https://api.example.test';

let server: Server;
let proxy: string;
const sockets = new Set<Socket>();
/** Bytes that came to the proxy, which never says anything. */
let heard: string;

beforeEach(async () => {
	heard = '';
	server = createServer((socket) => {
		sockets.add(socket);
		socket.on('error', () => socket.destroy());
		socket.on('data', (chunk) => (heard += chunk.toString()));
	});
	proxy = await listen(server);
});

afterEach(async () => {
	// A connection that is being made ends with the proxy.
	for (const socket of sockets) socket.destroy();
	server.close();
	await Promise.all([closeDispatchers(), closeBuilt()]);
});

const throughProxy = async <T>(action: () => Promise<T>) =>
	await withProxies({ HTTPS_PROXY: proxy }, action);

function post(timeout: number, signal?: AbortSignal) {
	const request = { method: 'POST' as const, url: SERVICE, headers: {}, body: '{}' };
	return throughProxy(
		async () => await failureOf(new UndiciTransport().send({ ...request, timeout, signal })),
	);
}

describe('a proxy that takes the connection and says nothing', () => {
	it('is waited for no longer than the request may be silent, and nothing was sent', async () => {
		const error = await post(300);
		expect(error).toMatchObject({ failure: 'stalled', sent: false });
		expect(heard).toMatch(/^CONNECT api\.example\.test:443 /);
		expect(heard).not.toContain('{}');
	});

	it('is not waited for once the execution is stopped', async () => {
		const stop = new AbortController();
		const posting = post(60_000, stop.signal);
		await until(() => heard !== '');
		stop.abort();
		expect(await posting).toMatchObject({ failure: 'cancelled', sent: false });
	});

	it('is given up after the time for a connection, which is closed', async () => {
		const error = await post(120_000);
		expect(fromTransport(error, 'commit').facts).toMatchObject({
			title: `The proxy ${new URL(proxy).host} opened no tunnel to api.example.test:443`,
			description: expect.stringMatching(/^It did not answer\. /) as string,
			code: 'UND_ERR_CONNECT_TIMEOUT',
			outcome: 'notSent',
			retry: 'transient',
		});
		await until(() => openSockets(proxy) === 0);
	}, 120_000);
});

describe('an upload through a proxy that says nothing', () => {
	const start = async () => await startNode(SERVICE);

	it('is tried again and then says that there is no answer', async () => {
		const engine = await start();
		const hanging = { path: /./, timeout: 200, requests: Infinity };
		const haste = { hanging, begun: 0, waits: [], longest: 10 };
		const { result } = await throughProxy(
			async () => await inHaste(haste, async () => await upload(engine, { files: 1 })),
		);
		expect(result.error?.message).toBe('api.example.test did not answer');
		expect(haste.begun).toBe(5);
		await engine.close();
	});

	it('ends with the execution', async () => {
		const engine = await start();
		const stop = new AbortController();
		const running = throughProxy(
			async () => await upload(engine, { files: 1, signal: stop.signal }),
		);
		await until(() => heard !== '');
		stop.abort();
		expect((await running).result.status).toBe('canceled');
		await engine.close();
	});
});
