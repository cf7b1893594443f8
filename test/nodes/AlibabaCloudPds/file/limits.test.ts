import { describe, expect, it } from 'vitest';

import { until } from '../../../until';
import { stopwatch } from '../../support/stopwatch';
import { bytes, MIB, sha1, uploadOf, usePds } from '../support/bench';

const bench = usePds();

describe('input that cannot work', () => {
	it.each([
		['a slash in the name', { fileName: 'a/b.txt' }, /it contains a slash/],
		['a name of 1,025 bytes', { fileName: '知'.repeat(341) + 'ab' }, /it has 1025 bytes/],
		[
			'an unknown name conflict mode',
			{ checkNameMode: 'skip' },
			/^"Name Conflict" cannot be "skip"/,
		],
		['a part size below the storage', { partSize: 0.01 }, /part size of 0.01 MiB is not possible/],
		['a part size that is none', { partSize: -1 }, /"-1" is not a part size/],
	])('is refused before anything is sent: %s', async (_, options, message) => {
		const { shown } = await bench.upload('x', options);
		expect(shown).toMatchObject({
			name: 'NodeOperationError',
			message: expect.stringMatching(message) as string,
			itemIndex: 0,
		});
		expect(bench.local.calls).toEqual([]);
	});

	it('takes a name of 1,024 bytes', async () => {
		const { status } = await bench.upload('x', { fileName: '知'.repeat(341) + 'a' });
		expect(status).toBe('success');
	});

	it('is refused when one name is given for several files', async () => {
		const input = [await bench.item({ a: 'a', b: 'b' })];
		const parameters = uploadOf({ fileName: 'x' }, { inputDataFieldName: '*' });
		const { shown } = await bench.run(parameters, { input });
		expect(shown.message).toBe('2 files are selected, but one file name is given');
	});

	it.each([
		['domain ID', { domainId: '' }, /lacks its Domain ID/],
		['access token', { accessToken: '' }, /lacks its Access Token/],
		['app', { authType: 'jwtApp', privateKey: 'x' }, /lacks its App ID/],
		['user', { authType: 'jwtApp', appId: 'a', privateKey: 'x', subjectType: 'user' }, /Subject/],
		['secret', { authType: 'accessKey', accessKeyId: 'x' }, /lacks its AccessKey Secret/],
		['address', { apiBaseUrl: 'ftp://x' }, /is not a web address/],
		['domain', { domainId: 'a.b/c' }, /is not valid/],
	])('names what the credential lacks: %s', async (_, credential, message) => {
		const { shown } = await bench.upload('x', {}, { credential });
		expect(shown.message).toMatch(message);
	});
});

describe('continue on fail', () => {
	it('gives an error item in the place of the file, and goes on', async () => {
		const input = [
			await bench.item({ data: 'a' }),
			await bench.item({ data: 'b' }, { name: 'x/y.txt' }),
			await bench.item({ data: 'c' }),
		];
		bench.local.fail({
			call: 'createFile',
			when: ({ body }) => JSON.stringify(body).includes('"size":1'),
			fault: { kind: 'apiError', status: 400, code: 'QuotaExhausted.Drive' },
		});
		const node = { onError: 'continueRegularOutput' as const };
		const { json } = await bench.run(
			uploadOf({ maxConcurrency: 1, fileName: '={{ $json.name }}' }),
			{ input, node },
		);
		expect(json).toMatchObject([
			{
				error: {
					message: 'The drive has no space left',
					...{ code: 'QuotaExhausted.Drive', httpStatus: 400, step: 'create' },
				},
			},
			{ error: { message: expect.stringContaining('contains a slash') as string } },
			{ name: 'data.txt', size: 1 },
		]);
	});
});

/** A part would take twenty minutes. */
const almostStill = { kind: 'slow', bytesPerSecond: 1_000 } as const;

describe('an execution that is stopped', () => {
	it.each([
		['in order', { partSize: 1, maxConcurrency: 1 }],
		['in any order', { partSize: 1, maxConcurrency: 3 }],
	])('stops uploading parts %s', async (_, options) => {
		bench.local.fail({ call: 'partPut', times: Infinity, fault: almostStill });
		const input = [await bench.item({ data: bytes(8 * MIB) })];
		const stop = new AbortController();
		const running = bench.run(uploadOf(options), { input, signal: stop.signal });
		await until(() => bench.partsPut().length === options.maxConcurrency);
		const took = stopwatch();
		stop.abort();
		expect((await running).status).toBe('canceled');
		expect(took()).toBeLessThan(1000);
		expect(bench.partsPut()).toHaveLength(options.maxConcurrency);
		expect(bench.local.callsOf('completeFile')).toEqual([]);
	});
});

describe('a part that fails for good', () => {
	it('stops the others at once', async () => {
		const isThird = ({ query }: { query: Record<string, string> }) => query.partNumber === '3';
		const fault = { kind: 'ossError', status: 400, code: 'InvalidArgument' } as const;
		bench.local.fail({ call: 'partPut', when: isThird, fault });
		bench.local.fail({ call: 'partPut', times: Infinity, fault: almostStill });
		const { shown } = await bench.upload(bytes(20 * MIB), { partSize: 1, maxConcurrency: 4 });
		expect(shown.data).toMatchObject({ partNumber: 3, code: 'InvalidArgument' });
		expect(bench.partsPut().length).toBeLessThanOrEqual(4);
	});
});

describe('files inside the workflow data', () => {
	const memory = usePds({ engine: { binaryMode: 'default' } });

	it.each([
		['in order', { partSize: 1, maxConcurrency: 1 }],
		['in any order', { partSize: 1, maxConcurrency: 3 }],
	])('are uploaded in parts, %s', async (_, options) => {
		const content = bytes(2.5 * MIB);
		await memory.upload(content, options);
		expect(memory.local.files()).toMatchObject([{ size: content.length, sha1: sha1(content) }]);
	});
});
