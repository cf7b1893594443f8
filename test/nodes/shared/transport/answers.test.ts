import { createServer, type RequestListener, type Server } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';

import { fromTransport } from '../../../../nodes/shared/errors';
import {
	closeDispatchers,
	UndiciTransport,
	type HttpRequest,
} from '../../../../nodes/shared/transport';
import { MAX_ANSWER_BYTES } from '../../../../nodes/shared/transport/types';
import { listen } from '../../../local-dingtalk/listen';
import { openSockets } from '../../support/open-handles';
import { failureOf } from './support/failure';

const servers: Server[] = [];

afterEach(async () => {
	for (const server of servers.splice(0)) {
		server.closeAllConnections();
		server.close();
	}
	await closeDispatchers();
});

async function serve(listener: RequestListener): Promise<string> {
	const server = createServer(listener);
	servers.push(server);
	return await listen(server);
}

async function send(url: string, more: Partial<HttpRequest> = {}, cancelSignal?: AbortSignal) {
	const transport = new UndiciTransport({ cancelSignal });
	const usual = { method: 'POST' as const, headers: {}, body: '{}', timeout: 5000 };
	return await transport.send({ ...usual, url, ...more });
}

describe('an answer', () => {
	it('of any size up to the limit is read whole', async () => {
		const url = await serve((_, response) => response.end('x'.repeat(MAX_ANSWER_BYTES)));
		expect((await send(url)).text).toHaveLength(MAX_ANSWER_BYTES);
	});

	it('without end is given up at the limit, without taking memory for it', async () => {
		let written = 0;
		const url = await serve((_, response) => {
			const chunk = Buffer.alloc(256 * 1024, 'x');
			const more = () => {
				if (response.destroyed) return;
				written += chunk.length;
				response.write(chunk, () => setImmediate(more));
			};
			more();
		});
		const before = process.memoryUsage().rss;
		const error = await failureOf(send(url));
		expect(error).toMatchObject({ failure: 'oversize', sent: true });
		expect(fromTransport(error, 'commit').facts).toMatchObject({ retry: 'never' });
		await expect.poll(() => openSockets(url)).toBe(0);
		expect(written).toBeLessThan(64 * 1024 * 1024);
		expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024);
	});

	it('that is a gzip bomb stays packed', async () => {
		const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024));
		const url = await serve((request, response) => {
			expect(request.headers['accept-encoding']).toBeUndefined();
			response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb);
		});
		const before = process.memoryUsage().rss;
		const { text } = await send(url);
		expect(text.length).toBeLessThanOrEqual(bomb.length);
		expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024);
	});

	it('has its header names in lower case and the first of repeated headers', async () => {
		const url = await serve((_, response) => {
			response.writeHead(200, { 'X-One': 'a', 'X-Many': ['b', 'c'] }).end();
		});
		expect((await send(url)).headers).toMatchObject({ 'x-one': 'a', 'x-many': 'b' });
	});

	it('that is a redirect is given back as it is', async () => {
		let others = 0;
		const elsewhere = await serve((_, response) => {
			others++;
			response.end();
		});
		const url = await serve((_, response) => {
			response.writeHead(307, { location: elsewhere }).end();
		});
		const answer = await send(url, { headers: { 'x-acs-dingtalk-access-token': 'secret' } });
		expect(answer).toMatchObject({ status: 307, headers: { location: elsewhere } });
		expect(others).toBe(0);
	});
});

describe('a request', () => {
	it('that gets no answer is given up when nothing has moved for its timeout', async () => {
		const url = await serve(() => undefined);
		const error = await failureOf(send(url, { timeout: 150 }));
		expect(error).toMatchObject({ failure: 'stalled', sent: true, code: 'NO_PROGRESS' });
		expect(fromTransport(error, 'uploadToOss').facts).toMatchObject({
			title: `Nothing moved any more on the connection to ${new URL(url).host}`,
			description: expect.stringContaining('raise the option "Timeout"') as string,
			retry: 'transient',
			outcomeUnknown: true,
		});
		await expect.poll(() => openSockets(url)).toBe(0);
	});

	it('whose answer comes drop by drop is not given up', async () => {
		const url = await serve((_, response) => {
			let left = 8;
			const timer = setInterval(() => {
				if (left-- > 0) return void response.write('x');
				clearInterval(timer);
				response.end();
			}, 60);
		});
		expect((await send(url, { timeout: 250 })).text).toBe('xxxxxxxx');
	});

	it('whose answer trickles without end is given up after three timeouts', async () => {
		const url = await serve((_, response) => {
			const timer = setInterval(() => response.write('x'), 30);
			response.on('close', () => clearInterval(timer));
		});
		const begun = performance.now();
		const error = await failureOf(send(url, { timeout: 150 }));
		expect(error).toMatchObject({ failure: 'stalled', sent: true });
		expect(performance.now() - begun).toBeGreaterThan(300);
		await expect.poll(() => openSockets(url)).toBe(0);
	});

	it('may be given a timeout longer than a timer can run', async () => {
		const url = await serve((_, response) => void setTimeout(() => response.end('late'), 50));
		expect((await send(url, { timeout: 2 ** 31 })).text).toBe('late');
	});

	it.each([
		['before it is sent', true],
		['while it waits for its answer', false],
	])('cancelled %s ends at once', async (_what, early) => {
		const stop = new AbortController();
		const url = await serve(() => stop.abort());
		if (early) stop.abort();
		const sending = send(url, {}, stop.signal);
		expect(await failureOf(sending)).toMatchObject({ failure: 'cancelled' });
		await expect.poll(() => openSockets(url)).toBe(0);
	});

	it('does not leave listeners behind on the signal of the execution', async () => {
		const warnings: Error[] = [];
		const keep = (warning: Error) => warnings.push(warning);
		process.on('warning', keep);
		const stop = new AbortController();
		const url = await serve((_, response) => response.end());
		const all = Array.from({ length: 64 }, async () => await send(url, {}, stop.signal));
		await Promise.all(all);
		await new Promise((resolve) => setImmediate(resolve));
		process.off('warning', keep);
		expect(warnings).toEqual([]);
	});
});
