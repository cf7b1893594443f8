import { Agent, request } from 'undici';
import { describe, expect, it } from 'vitest';
import { type Fault, SEED, startLocalDingTalk } from './index';
import { send } from '../core/send';
import { useService } from '../core/use-service';
import { TestClient } from './test-client';

const root = SEED.teamHandbook.rootDentryUuid;
const service = useService(async () => await startLocalDingTalk({ keepBytes: true }));
const client = new TestClient(service);

/** What breaks the connection, and how many requests are carried out all the same. */
const BREAKS: Array<[string, Fault, number]> = [
	['reset before the body', { kind: 'reset', when: 'beforeBody' }, 0],
	['reset during the body', { kind: 'reset', when: 'duringBody' }, 0],
	['reset after the body', { kind: 'reset', when: 'afterBody' }, 0],
	['reset after the work', { kind: 'reset', when: 'afterWork' }, 1],
	['truncated answer', { kind: 'truncatedAnswer' }, 1],
];

async function put(body: string | Buffer = 'bytes') {
	const { url, headers } = await client.place(root);
	return await send(url, { method: 'PUT', headers, body });
}

describe('fault rules', () => {
	it('let some pass, strike so many times, and stop', async () => {
		const fault: Fault = { kind: 'apiError', status: 503, code: 'operationTimeout' };
		service.fail({ call: 'uploadInfo', after: 1, times: 2, fault });
		const statuses: number[] = [];
		for (let n = 0; n < 4; n++) statuses.push((await client.uploadInfo(root)).status);
		expect(statuses).toEqual([200, 503, 503, 200]);
		expect(service.callsOf('uploadInfo').map((call) => call.code)).toEqual([
			undefined,
			'operationTimeout',
			'operationTimeout',
			undefined,
		]);
	});

	it('can look at the call', async () => {
		service.fail({
			call: 'commit',
			times: Infinity,
			when: (call) => (call.body as { name: string }).name === 'bad.txt',
			fault: { kind: 'apiError', status: 400, code: 'operationConcurrentControl' },
		});
		expect((await client.upload(root, 'good.txt', 'x')).status).toBe(200);
		expect((await client.upload(root, 'bad.txt', 'x')).status).toBe(400);
		expect(service.files()).toHaveLength(1);
	});
});

describe('faults of the API', () => {
	it('answer instead of doing the work, or after it', async () => {
		const html = '<html>busy</html>';
		service.fail({ call: 'commit', fault: { kind: 'answer', status: 200, body: html } });
		const instead = await client.upload(root, 'a.txt', 'x');
		expect(instead.headers['content-type']).toContain('text/html');
		expect(service.files()).toHaveLength(0);
		service.fail({ call: 'commit', fault: { kind: 'answerAfter', status: 502, body: html } });
		expect((await client.upload(root, 'a.txt', 'x')).status).toBe(502);
		expect(service.files()).toHaveLength(1);
	});

	it.each(BREAKS)('break the connection: %s', async (_what, fault, files) => {
		service.fail({ call: 'commit', fault });
		await expect(client.upload(root, 'a.txt', 'x')).rejects.toThrow();
		expect(service.files()).toHaveLength(files);
	});

	it.each<[string, Fault, number]>([
		['before', { kind: 'stall' }, 0],
		['after', { kind: 'stallAnswer' }, 1],
	])('never answer, %s the work', async (_what, fault, files) => {
		const { uploadKey, url, headers } = await client.place(root);
		await send(url, { method: 'PUT', headers, body: 'x' });
		service.fail({ call: 'commit', fault });
		const agent = new Agent({ headersTimeout: 0, connect: { timeout: 0 } });
		const abort = new AbortController();
		const answer = request(`${service.apiUrl}/v2.0/storage/spaces/files/${root}/commit`, {
			method: 'POST',
			query: { unionId: SEED.operator.unionId },
			headers: {
				'content-type': 'application/json',
				'x-acs-dingtalk-access-token': await client.token(),
			},
			body: JSON.stringify({ uploadKey, name: 'a.txt' }),
			dispatcher: agent,
			signal: abort.signal,
		});
		await expect.poll(() => service.callsOf('commit').length).toBe(1);
		await expect.poll(() => service.files().length).toBe(files);
		expect(service.callsOf('commit')[0].status).toBe(0);
		abort.abort();
		await expect(answer).rejects.toThrow();
		await agent.destroy();
	});

	it('redirect', async () => {
		const location = `${service.apiUrl}/elsewhere`;
		service.fail({ call: 'uploadInfo', fault: { kind: 'redirect', status: 307, location } });
		const answer = await client.uploadInfo(root);
		expect([answer.status, answer.headers.location]).toEqual([307, location]);
	});
});

describe('faults of OSS', () => {
	it('answer an XML error', async () => {
		service.fail({ call: 'ossPut', fault: { kind: 'ossError', status: 503, code: 'ServiceBusy' } });
		const answer = await put();
		expect(answer.status).toBe(503);
		expect(answer.text).toContain('<Code>ServiceBusy</Code>');
		expect(service.objects()).toEqual([]);
	});

	it.each(BREAKS)('break the connection: %s', async (_what, fault, objects) => {
		service.fail({ call: 'ossPut', fault });
		await expect(put(Buffer.alloc(3_000_000))).rejects.toThrow();
		expect(service.objects()).toHaveLength(objects);
	});

	it.each<[string, Fault, number]>([
		['in the middle of the body', { kind: 'stall', afterBytes: 1000 }, 0],
		['after the work', { kind: 'stallAnswer' }, 1],
	])('stall %s until the client gives up', async (_what, fault, objects) => {
		const { url, headers } = await client.place(root);
		service.fail({ call: 'ossPut', fault });
		const agent = new Agent();
		const abort = new AbortController();
		const body = Buffer.alloc(20_000_000);
		const options = { method: 'PUT', headers, body, dispatcher: agent, signal: abort.signal };
		const answer = request(url, options as Parameters<typeof request>[1]);
		await expect.poll(() => service.callsOf('ossPut')[0]?.bytes ?? 0).toBeGreaterThan(999);
		await expect.poll(() => service.objects().length).toBe(objects);
		abort.abort();
		await expect(answer).rejects.toThrow();
		await agent.destroy();
		expect(service.callsOf('ossPut')[0].status).toBe(0);
	});

	it('store a changed byte and say so in every digest', async () => {
		const good = await put('bytes');
		service.fail({ call: 'ossPut', fault: { kind: 'corrupt' } });
		const bad = await put('bytes');
		expect(bad.status).toBe(200);
		for (const name of ['etag', 'x-oss-hash-crc64ecma', 'content-md5']) {
			expect(bad.headers[name]).not.toBe(good.headers[name]);
		}
	});

	it('read slowly', async () => {
		service.fail({ call: 'ossPut', fault: { kind: 'slow', bytesPerSecond: 10_000 } });
		const begun = performance.now();
		expect((await put(Buffer.alloc(1000))).status).toBe(200);
		expect(performance.now() - begun).toBeGreaterThan(90);
	});
});

describe('the records', () => {
	it('count connections and what came over them', async () => {
		const own = await startLocalDingTalk();
		const agent = new Agent({ connections: 1 });
		const options = { method: 'PUT', dispatcher: agent, body: 'x' } as const;
		for (let n = 0; n < 3; n++) {
			const answer = await request(`${own.ossUrl}/yundisk0/x`, options);
			expect(answer.statusCode).toBe(403);
			await answer.body.dump();
		}
		expect(own.connections('oss')).toEqual({ opened: 1, open: 1 });
		expect(own.calls.map((call) => call.connection)).toEqual([1, 1, 1]);
		await agent.close();
		await own.close();
		expect(own.connections('oss').open).toBe(0);
	});

	it('close even while a request hangs', async () => {
		const own = await startLocalDingTalk();
		own.fail({ call: 'unknown', fault: { kind: 'stallAnswer' } });
		const agent = new Agent();
		const hanging = request(`${own.apiUrl}/x`, { dispatcher: agent });
		const failed = expect(hanging).rejects.toThrow();
		await expect.poll(() => own.calls.length).toBe(1);
		await own.close();
		await failed;
		await agent.destroy();
	});
});
