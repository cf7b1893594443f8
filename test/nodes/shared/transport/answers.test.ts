import { createServer, type RequestListener } from 'node:http';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';

import { fromTransport } from '../../../../nodes/shared/errors';
import { UndiciTransport, type HttpRequest } from '../../../../nodes/shared/transport';
import { MAX_ANSWER_BYTES } from '../../../../nodes/shared/transport/types';
import { until } from '../../../until';
import { openSockets } from '../../support/open-handles';
import { failureOf } from './support/failure';
import { useServers } from './support/servers';

const started = useServers();

const serve = async (listener: RequestListener) => await started(createServer(listener));

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

	it.each(['gzip', 'x-gzip', 'deflate', 'br', 'GZIP', 'identity', 'gzip, br'])(
		'encoded with %s is unpacked, although a plain one was asked for',
		async (encoding) => {
			const packers: Record<string, (plain: Buffer) => Buffer> = {
				gzip: gzipSync,
				'x-gzip': gzipSync,
				deflate: deflateSync,
				br: brotliCompressSync,
				identity: (plain) => plain,
			};
			const pack = (plain: Buffer, name: string) => packers[name.toLowerCase()](plain);
			const packed = encoding.split(', ').reduce(pack, Buffer.from('{"内容":1}'));
			let asked: string | undefined;
			const url = await serve((request, response) => {
				asked = request.headers['accept-encoding'];
				response.writeHead(200, { 'content-encoding': encoding }).end(packed);
			});
			expect((await send(url)).text).toBe('{"内容":1}');
			expect(asked).toBe('identity');
		},
	);

	it.each([
		['an encoding that nobody knows', 'zstd', gzipSync('{}')],
		['an encoding that it has not', 'gzip', Buffer.from('{}')],
		['an encoding named like a property of every object', 'constructor', Buffer.from('{}')],
	])('with %s is called encoded, not broken JSON', async (_, encoding, body) => {
		const url = await serve((_request, response) => {
			response.writeHead(200, { 'content-encoding': encoding }).end(body);
		});
		const error = await failureOf(send(url));
		expect(error).toMatchObject({ failure: 'encoded', sent: true });
		expect(fromTransport(error, 'commit').facts).toMatchObject({
			title: `The answer from ${new URL(url).host} is encoded and cannot be read`,
			outcome: 'unknown',
		});
	});

	it('that is a gzip bomb is unpacked up to the limit', async () => {
		// A file of gzip may have many members.
		const member = gzipSync(Buffer.alloc(10 * 1024 * 1024));
		const bomb = Buffer.concat(Array.from({ length: 20 }, () => member));
		const url = await serve((_, response) => {
			response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb);
		});
		const before = process.memoryUsage().rss;
		expect(await failureOf(send(url))).toMatchObject({ failure: 'oversize', sent: true });
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

// At one time, because all that they do is to wait.
describe.concurrent('a request', () => {
	it('whose answer comes drop by drop is not given up', async () => {
		const url = await serve((_, response) => {
			let left = 6;
			const timer = setInterval(() => {
				if (left-- > 0) return void response.write('x');
				clearInterval(timer);
				response.end();
			}, 500);
		});
		expect((await send(url, { timeout: 2_000 })).text).toBe('xxxxxx');
	});

	it('whose answer trickles without end is given up after three timeouts', async () => {
		const url = await serve((_, response) => {
			const timer = setInterval(() => response.write('x'), 50);
			response.on('close', () => clearInterval(timer));
		});
		const begun = performance.now();
		const error = await failureOf(send(url, { timeout: 1_000 }));
		expect(error).toMatchObject({ failure: 'stalled', sent: true });
		expect(performance.now() - begun).toBeGreaterThan(2_000);
		await until(() => openSockets(url) === 0);
	});

	it('whose answer trickles is given no more time for the size of its body', async () => {
		const url = await serve((request, response) => {
			request.resume();
			request.on('end', () => {
				const timer = setInterval(() => response.write('x'), 50);
				response.on('close', () => clearInterval(timer));
			});
		});
		const body = 'x'.repeat(2 * 2 ** 20);
		const begun = performance.now();
		const error = await failureOf(send(url, { timeout: 1_000, body }));
		expect(error).toMatchObject({ failure: 'stalled', sent: true });
		// With it, 32 seconds more.
		expect(performance.now() - begun).toBeLessThan(30_000);
	});
});

describe('a request', () => {
	it('that gets no answer is given up when nothing has moved for its timeout', async () => {
		const url = await serve(() => undefined);
		const error = await failureOf(send(url, { timeout: 150 }));
		expect(error).toMatchObject({ failure: 'stalled', sent: true, code: 'NO_PROGRESS' });
		expect(fromTransport(error, 'uploadToOss').facts).toMatchObject({
			title: `The connection to ${new URL(url).host} stalled`,
			description: expect.stringContaining('raise the option "Timeout"') as string,
			retry: 'transient',
			outcome: 'unknown',
		});
		await expect.poll(() => openSockets(url)).toBe(0);
	});

	it('whose answer came while the process was busy with other things is not given up', async () => {
		const timeout = 2_000;
		let begun = Infinity;
		const url = await serve((_, response) => {
			response.end('here', () => {
				// The answer is on its way; the time is up when the process comes to look for it.
				const time = begun + timeout + 100 - performance.now();
				Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, time);
			});
		});
		begun = performance.now();
		expect((await send(url, { timeout })).text).toBe('here');
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
