import { gunzipSync, gzipSync } from 'node:zlib';
import { Agent, request } from 'undici';
import { describe, expect, it } from 'vitest';
import { type Fault, SEED, startLocalDingTalk } from './index';
import { send } from '../core/send';
import { useService } from '../core/use-service';
import { TestClient } from './test-client';

const root = SEED.teamHandbook.rootDentryUuid;
const service = useService(startLocalDingTalk);
const client = new TestClient(service);

async function put(body = 'bytes') {
	const { url, headers } = await client.place(root);
	return await send(url, { method: 'PUT', headers, body });
}

describe('answers that are not as they should be', () => {
	const info = async () => await client.uploadInfo(root);

	it('are changed on the way, when they are a success', async () => {
		const change = (body: object) => ({ ...body, uploadKey: 42 });
		service.fail({ call: 'uploadInfo', times: 2, fault: { kind: 'changedAnswer', change } });
		expect((await info()).json).toMatchObject({ uploadKey: 42, storageDriver: 'DINGTALK' });
		expect((await client.uploadInfo(root, {})).json).toMatchObject({ code: 'paramError.protocol' });
	});

	it('are bytes as they are, on both fronts', async () => {
		const fault: Fault = { kind: 'answerAfter', status: 200, body: gzipSync('unpacked') };
		service.fail({ call: 'uploadInfo', fault });
		service.fail({ call: 'ossPut', fault });
		const path = `/v2.0/storage/spaces/files/${root}/uploadInfos/query`;
		const token = { 'x-acs-dingtalk-access-token': await client.token() };
		const asked = await request(`${service.apiUrl}${path}`, { method: 'POST', headers: token });
		const { url, headers } = await client.place(root);
		const sent = await request(url, { method: 'PUT', headers, body: 'x' });
		for (const { body } of [asked, sent]) {
			const bytes = Buffer.from(await body.arrayBuffer());
			expect(gunzipSync(bytes).toString()).toBe('unpacked');
		}
	});

	it('carry a header twice', async () => {
		const lines: Array<[string, string]> = [['ETag', '"other"']];
		service.fail({ call: 'ossPut', fault: { kind: 'moreHeaders', lines } });
		expect((await put()).headers.etag).toEqual([
			'"other"',
			expect.stringMatching(/^"[0-9A-F]{32}"$/),
		]);
		service.fail({
			call: 'uploadInfo',
			fault: { kind: 'moreHeaders', lines: [['x-acs-request-id', 'R-1']] },
		});
		const answer = await info();
		expect(answer.headers['x-acs-request-id']).toEqual(['R-1', expect.any(String)]);
		expect(answer.json).toMatchObject({ protocol: 'HEADER_SIGNATURE' });
	});

	it('carry two lengths, which no client takes', async () => {
		const lines: Array<[string, string]> = [['Content-Length', '5']];
		service.fail({ call: 'uploadInfo', fault: { kind: 'moreHeaders', lines } });
		await expect(info()).rejects.toThrow();
		service.fail({ call: 'ossPut', fault: { kind: 'moreHeaders', lines } });
		await expect(put()).rejects.toThrow();
	});

	it('come slowly, and whole', async () => {
		const fault: Fault = { kind: 'slowAnswer', bytesPerSecond: 2000 };
		service.fail({ call: 'uploadInfo', fault });
		const begun = performance.now();
		expect((await info()).json).toMatchObject({ protocol: 'HEADER_SIGNATURE' });
		expect(performance.now() - begun).toBeGreaterThan(100);
		service.fail({ call: 'ossPut', fault });
		expect((await put()).status).toBe(200);
	});
});

describe('a front that nobody listens at', () => {
	it.each(['api', 'oss'] as const)(
		'refuses connections until it listens again: %s',
		async (front) => {
			const own = await startLocalDingTalk();
			const agent = new Agent();
			const address = front === 'api' ? own.apiUrl : own.ossUrl;
			const options = { method: 'PUT', body: 'x', dispatcher: agent } as const;
			const ask = async () => {
				const answer = await request(`${address}/x`, options);
				await answer.body.dump();
				return answer.headers.connection;
			};
			expect(await ask()).toBe('keep-alive');
			// The connection that carries this request ends with its answer.
			const call = front === 'api' ? 'unknown' : 'ossPut';
			const when = () => {
				own.refuse(front);
				return true;
			};
			own.fail({ call, when, fault: { kind: 'delay', ms: 0 } });
			expect(await ask()).toBe('close');
			await expect(ask()).rejects.toThrow(/ECONNREFUSED/);
			await own.accept(front);
			expect(await ask()).toBe('keep-alive');
			await agent.destroy();
			await own.close();
		},
	);
});
