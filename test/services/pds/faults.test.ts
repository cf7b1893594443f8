import { request } from 'undici';
import { describe, expect, it } from 'vitest';
import { type PdsFault, startLocalPds } from './index';
import { useService } from '../core/use-service';
import { bodyOf, cut, noise, PART_BYTES, PdsClient } from './test-client';

const service = useService(async () => await startLocalPds({ keepBytes: true }));
const client = new PdsClient(service);

describe('a part that was cut short', () => {
	it('counts with what arrived, and the rest goes into the next', async () => {
		const bytes = noise(2 * PART_BYTES + 1000);
		const [first] = cut(bytes, 2 * PART_BYTES);
		const upload = await client.begin(2, { size: bytes.length });
		const [one, two] = upload.part_info_list;
		service.fail({ call: 'partPut', fault: { kind: 'shortPart', afterBytes: PART_BYTES + 7 } });
		await expect(client.put(one, first)).rejects.toThrow();
		const again = await client.put(one, first);
		expect(again.text).toContain('PartAlreadyExist');
		const { uploaded_parts: parts } = (await client.list(upload)).json as {
			uploaded_parts: Array<{ part_size: number }>;
		};
		expect(parts).toMatchObject([{ part_number: 1, part_size: PART_BYTES + 7 }]);
		await client.put(two, bytes.subarray(parts[0].part_size));
		expect((await client.complete(upload)).status).toBe(200);
		expect(service.files()[0].bytes?.equals(bytes)).toBe(true);
	});
});

describe('a part that breaks off', () => {
	it.each<[string, PdsFault]>([
		['before its body', { kind: 'reset', when: 'beforeBody' }],
		['in its middle', { kind: 'reset', when: 'duringBody' }],
		['at its end', { kind: 'reset', when: 'afterBody' }],
	])('%s leaves no trace', async (_when, fault) => {
		const bytes = noise(2 * PART_BYTES);
		const upload = await client.begin(1);
		service.fail({ call: 'partPut', fault });
		await expect(client.put(upload.part_info_list[0], bytes)).rejects.toThrow();
		expect(service.uploads()[0].parts).toEqual([]);
		await client.put(upload.part_info_list[0], bytes);
		expect((await client.complete(upload)).status).toBe(200);
		expect(service.files()[0].bytes?.equals(bytes)).toBe(true);
		expect(service.connections('oss').opened).toBeGreaterThan(0);
	});

	it.each<[string, PdsFault]>([
		['reset', { kind: 'reset', when: 'afterWork' }],
		['truncated', { kind: 'truncatedAnswer' }],
	])('only after it counted: %s', async (_how, fault) => {
		const upload = await client.begin(1);
		service.fail({ call: 'partPut', fault });
		await expect(client.put(upload.part_info_list[0], 'x')).rejects.toThrow();
		expect((await client.put(upload.part_info_list[0], 'x')).status).toBe(409);
	});
});

describe('other faults', () => {
	it('spoil a part, as its digests tell', async () => {
		const bytes = noise(1000);
		service.fail({ call: 'partPut', fault: { kind: 'corrupt' } });
		await client.upload(bytes);
		const spoilt = Buffer.from(bytes);
		spoilt[0] ^= 0xff;
		const [file] = service.files();
		await client.upload(spoilt);
		expect(service.files()[1].sha1).toBe(file.sha1);
		expect(service.files()[1].crc64).toBe(file.crc64);
	});

	it('answer in place of OSS and of the API', async () => {
		const upload = await client.begin(1);
		const fault: PdsFault = { kind: 'ossError', status: 503, code: 'SlowDown' };
		service.fail({ call: 'partPut', fault });
		expect((await client.put(upload.part_info_list[0], 'x')).text).toContain('SlowDown');
		service.fail({
			call: 'createFile',
			times: 2,
			when: (call) => (call.body as { name: string }).name === 'bad',
			fault: { kind: 'apiError', status: 429, code: 'TooManyRequests' },
		});
		expect((await client.create({ name: 'good' })).status).toBe(200);
		expect((await client.create({ name: 'bad' })).json).toEqual({
			code: 'TooManyRequests',
			message: 'TooManyRequests',
		});
		expect(service.callsOf('createFile').map((call) => [call.status, call.code])).toEqual([
			[200, undefined],
			[200, undefined],
			[429, 'TooManyRequests'],
		]);
	});

	it.each<[string, PdsFault]>([
		['with another answer', { kind: 'answerAfter', status: 504, body: '' }],
		['with none', { kind: 'reset', when: 'afterWork' }],
		['with half of one', { kind: 'truncatedAnswer' }],
	])('complete an upload %s', async (_how, fault) => {
		const upload = await client.begin(1);
		await client.put(upload.part_info_list[0], 'x');
		service.fail({ call: 'completeFile', fault });
		await client.complete(upload).catch(() => undefined);
		expect(bodyOf(await client.complete(upload)).code).toBe('NotFound.UploadId');
		expect(service.files()).toHaveLength(1);
	});

	it('stall', async () => {
		const upload = await client.begin(1);
		for (const fault of [{ kind: 'stall' }, { kind: 'stallAnswer' }] satisfies PdsFault[]) {
			service.fail({ call: 'partPut', fault });
			const put = request(upload.part_info_list[0].upload_url, {
				method: 'PUT',
				body: 'x',
				signal: AbortSignal.timeout(200),
			});
			await expect(put).rejects.toThrow();
		}
		expect(service.uploads()[0].parts).toHaveLength(1);
	});
});

describe('the speed of connections', () => {
	it('is capped for each', async () => {
		const rate = 512 * 1024;
		const slow = await startLocalPds({ bytesPerSecondPerConnection: rate });
		try {
			const other = new PdsClient(slow);
			const bytes = noise(rate);
			const uploads = await Promise.all(Array.from({ length: 20 }, () => other.begin(1)));
			const from = performance.now();
			await Promise.all(uploads.map((one) => other.put(one.part_info_list[0], bytes)));
			const seconds = (performance.now() - from) / 1000;
			expect(seconds).toBeGreaterThan(0.9);
			// Together they would need twenty seconds at the rate of one.
			expect(seconds).toBeLessThan(15);
		} finally {
			await slow.close();
		}
	});
});
