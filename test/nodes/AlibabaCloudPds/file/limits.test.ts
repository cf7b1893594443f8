import { describe, expect, it } from 'vitest';

import { until } from '../../../until';
import { stopwatch } from '../../support/stopwatch';
import { bytes, PART, partSize, sha1, uploadOf, usePdsRig } from '../support/rig';

const rig = usePdsRig();

describe('input that cannot work', () => {
	it.each([
		['a slash in the name', { fileName: 'a/b.txt' }, /it contains a slash/],
		['a name of 1,025 bytes', { fileName: '知'.repeat(341) + 'ab' }, /it has 1025 bytes/],
		[
			'an unknown name conflict mode',
			{ checkNameMode: 'skip' },
			/^"Conflict Strategy" cannot be "skip"/,
		],
		['a part size below the storage', { partSize: 0.01 }, /part size of 0.01 MiB is not possible/],
		['a part size that is none', { partSize: -1 }, /"-1" is not a part size/],
	])('is refused before anything is sent: %s', async (_, options, message) => {
		const { shown } = await rig.upload('x', options);
		expect(shown).toMatchObject({
			name: 'NodeOperationError',
			message: expect.stringMatching(message) as string,
			itemIndex: 0,
		});
		expect(rig.service.calls).toEqual([]);
	});

	it('takes a name of 1,024 bytes', async () => {
		const { status } = await rig.upload('x', { fileName: '知'.repeat(341) + 'a' });
		expect(status).toBe('success');
	});

	it('is refused when one name is given for several files', async () => {
		const input = [await rig.item({ a: 'a', b: 'b' })];
		const parameters = uploadOf({ fileName: 'x' }, { inputDataFieldName: '*' });
		const { shown } = await rig.run(parameters, { input });
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
		const { shown } = await rig.upload('x', {}, { credential });
		expect(shown.message).toMatch(message);
	});
});

describe('continue on fail', () => {
	it('gives an error item in the place of the file, and goes on', async () => {
		const input = [
			await rig.item({ data: 'a' }),
			await rig.item({ data: 'b' }, { name: 'x/y.txt' }),
			await rig.item({ data: 'c' }),
		];
		rig.service.fail({
			call: 'createFile',
			when: ({ body }) => JSON.stringify(body).includes('"size":1'),
			fault: { kind: 'apiError', status: 400, code: 'QuotaExhausted.Drive' },
		});
		const node = { onError: 'continueRegularOutput' as const };
		const { json } = await rig.run(uploadOf({ maxConcurrency: 1, fileName: '={{ $json.name }}' }), {
			input,
			node,
		});
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
		['in order', { partSize, maxConcurrency: 1 }],
		['in any order', { partSize, maxConcurrency: 3 }],
	])('stops uploading parts %s', async (_, options) => {
		rig.service.fail({ call: 'partPut', times: Infinity, fault: almostStill });
		const input = [await rig.item({ data: bytes(8 * PART) })];
		const stop = new AbortController();
		const running = rig.run(uploadOf(options), { input, signal: stop.signal });
		await until(() => rig.partsPut().length === options.maxConcurrency);
		const took = stopwatch();
		stop.abort();
		expect((await running).status).toBe('canceled');
		expect(took()).toBeLessThan(1000);
		expect(rig.partsPut()).toHaveLength(options.maxConcurrency);
		expect(rig.service.callsOf('completeFile')).toEqual([]);
	});
});

describe('a part that fails for good', () => {
	it('stops the others at once', async () => {
		const isThird = ({ query }: { query: Record<string, string> }) => query.partNumber === '3';
		const fault = { kind: 'ossError', status: 400, code: 'InvalidArgument' } as const;
		rig.service.fail({ call: 'partPut', when: isThird, fault });
		rig.service.fail({ call: 'partPut', times: Infinity, fault: almostStill });
		const { shown } = await rig.upload(bytes(20 * PART), { partSize, maxConcurrency: 4 });
		expect(shown.data).toMatchObject({ partNumber: 3, code: 'InvalidArgument' });
		expect(rig.partsPut().length).toBeLessThanOrEqual(4);
	});
});

describe('files inside the workflow data', () => {
	const memory = usePdsRig({ engine: { binaryMode: 'default' } });

	it.each([
		['in order', { partSize, maxConcurrency: 1 }],
		['in any order', { partSize, maxConcurrency: 3 }],
	])('are uploaded in parts, %s', async (_, options) => {
		const content = bytes(2.5 * PART);
		await memory.upload(content, options);
		expect(memory.service.files()).toMatchObject([{ size: content.length, sha1: sha1(content) }]);
	});
});
