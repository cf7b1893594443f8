import { describe, expect, it } from 'vitest';

import { chain } from '../../../engine/fixtures';
import { SEED } from '../../../services/dingtalk';
import { locator, START } from '../../support/rig';
import { NODE, useRig } from '../support/rig';

const rig = useRig();
const { empty } = SEED.folders;
const parent = locator('id', empty.dentryUuid);
const { unionId } = SEED.operator;

const step = (name: string, operation: string, parameters = {}) => ({
	name,
	type: NODE,
	parameters: { resource: 'file', operation, ...parameters },
});
const info = step('Info', 'getUploadInfo', { parent });
const put = step('Put', 'uploadToOss');
const commit = step('Commit', 'commit', { parent });

describe('the three steps in a row with default parameters', () => {
	it('store every file and pass JSON and files on', async () => {
		const input = [
			await rig.item({ data: 'first' }, { n: 1 }),
			await rig.item({ data: await rig.file('zweite', '第二.txt') }, { n: 2 }),
		];
		const run = await rig.workflow(chain(START, info, put, commit), { input });
		expect(run.error).toBeUndefined();
		for (const name of ['Info', 'Put']) {
			const items = run.items(name);
			expect(items.map(({ json }) => json.n)).toEqual([1, 2]);
			expect(items.map(({ binary }) => binary)).toEqual(input.map(({ binary }) => binary));
			expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
		}
		expect(run.items('Commit').map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
		]);
		expect(rig.service.files(empty.dentryUuid).map(({ name, size }) => [name, size])).toEqual([
			['data.txt', 5],
			['第二.txt', 6],
		]);
	});

	it('store an empty file', async () => {
		const input = [await rig.item({ data: '' })];
		const run = await rig.workflow(chain(START, info, put, commit), { input });
		expect(run.items('Commit')).toMatchObject([{ json: { name: 'data.txt', size: 0 } }]);
	});
});

describe('the three steps with a file that is not in the field data', () => {
	const putAny = step('Put', 'uploadToOss', { inputDataFieldName: '*' });

	it('take its name from the file that was sent', async () => {
		const input = [await rig.item({ attachment_0: 'mail' })];
		const run = await rig.workflow(chain(START, info, putAny, commit), { input });
		expect(run.error).toBeUndefined();
		expect(run.items('Commit')).toMatchObject([{ json: { name: 'attachment_0.txt', size: 4 } }]);
	});

	it("work with n8n's setting combined", async () => {
		const data = await rig.file('combined', 'combined.txt');
		const settings = { binaryMode: 'combined' as const };
		const run = await rig.workflow(
			{ ...chain(START, info, put, commit), settings },
			{ input: [{ json: { _files: { data } } as never }] },
		);
		expect(run.error).toBeUndefined();
		expect(run.items('Commit')).toMatchObject([{ json: { name: 'combined.txt', size: 8 } }]);
	});

	it('let the service compare the size that was sent', async () => {
		const input = [await rig.item({ data: 'four' })];
		await rig.workflow(chain(START, info, put, commit), { input });
		const [call] = rig.service.callsOf('commit').slice(-1);
		expect(call.body).toMatchObject({ option: { size: 4 } });
	});
});

describe('headers that cannot be sent', () => {
	it.each([
		['a line break', { Authorization: 'OSS a:b\r\nX: y' }, 'Authorization'],
		['a length of their own', { 'content-length': '1' }, 'content-length'],
		['a name with a space', { 'x oss': '1' }, 'x oss'],
		['Chinese', { 'x-oss-date': '今天' }, 'x-oss-date'],
	])('are bad input: %s', async (_, headers, name) => {
		const { parameters } = step('Put', 'uploadToOss', {
			resourceUrl: `${rig.service.ossUrl}/x`,
			headers: JSON.stringify(headers),
		});
		const run = await rig.run(parameters, { input: [await rig.item({ data: 'x' })] });
		expect(run.shown.message).toBe(`The header "${name}" cannot be sent`);
		expect(rig.service.calls).toEqual([]);
	});
});

describe('Get Upload Info', () => {
	it('gives the answer as it is, with the time when it ends', async () => {
		const options = { preferRegion: 'SINGAPORE', preferIntranet: true };
		const { parameters } = step('Info', 'getUploadInfo', { parent, fileSize: 12, options });
		const before = Date.now();
		const run = await rig.run(parameters, { input: [await rig.item({ data: 'x' })] });
		const [call] = rig.service.callsOf('uploadInfo').slice(-1);
		expect(call.query).toEqual({ unionId });
		expect(call.body).toEqual({
			protocol: 'HEADER_SIGNATURE',
			option: {
				storageDriver: 'DINGTALK',
				preCheckParam: { name: 'data.txt', size: 12 },
				...options,
			},
		});
		const [{ expiresAt, ...answer }] = run.json;
		expect(answer).toEqual({
			uploadKey: expect.stringMatching(/^\w{48}$/) as string,
			storageDriver: 'DINGTALK',
			protocol: 'HEADER_SIGNATURE',
			headerSignatureInfo: {
				resourceUrls: [expect.stringContaining(rig.service.ossUrl) as string],
				headers: {
					Authorization: expect.stringMatching(/^OSS /) as string,
					'x-oss-date': expect.any(String) as string,
				},
				expirationSeconds: 900,
				region: 'SINGAPORE',
				internalResourceUrls: [],
			},
		});
		const ends = Date.parse(String(expiresAt));
		expect(ends).toBeGreaterThanOrEqual(before + 900_000);
		expect(ends).toBeLessThanOrEqual(Date.now() + 900_000);
	});

	it('needs no file: name and size are then not checked', async () => {
		const run = await rig.run(info.parameters, { input: [{ json: { a: 1 } }] });
		expect(run.error).toBeUndefined();
		expect(run.json).toMatchObject([{ a: 1, protocol: 'HEADER_SIGNATURE' }]);
		const [call] = rig.service.callsOf('uploadInfo').slice(-1);
		const { option } = call.body as { option: { preCheckParam?: object } };
		expect(option.preCheckParam ?? {}).toEqual({});
	});

	it('asks for an empty file too: zero bytes are a size', async () => {
		const { parameters } = step('Info', 'getUploadInfo', {
			parent,
			fileSize: 0,
			fileName: 'a.txt',
		});
		await rig.run(parameters, { input: [{ json: {} }] });
		const [call] = rig.service.callsOf('uploadInfo').slice(-1);
		expect(call.body).toMatchObject({ option: { preCheckParam: { name: 'a.txt', size: 0 } } });
	});
});

describe('Upload to OSS', () => {
	it('needs no credential and tells what the storage said', async () => {
		const input = [await rig.item({ data: 'bytes' })];
		const run = await rig.workflow(chain(START, info, put), { input });
		const [{ md5 }] = rig.service.objects();
		expect(run.items('Put')).toMatchObject([
			{
				json: {
					oss: {
						status: 200,
						eTag: `"${md5.toUpperCase()}"`,
						requestId: expect.stringMatching(/^[0-9A-F]{24}$/) as string,
						bytes: 5,
					},
				},
			},
		]);
		const [{ headers }] = rig.service.callsOf('ossPut');
		expect(headers['content-type']).toBe('');
		expect(headers['x-acs-dingtalk-access-token']).toBeUndefined();
	});

	it('takes the headers as JSON text too', async () => {
		const headers = '={{ JSON.stringify($json.headerSignatureInfo.headers) }}';
		const input = [await rig.item({ data: 'bytes' })];
		const run = await rig.workflow(chain(START, info, step('Put', 'uploadToOss', { headers })), {
			input,
		});
		expect(run.items('Put')).toMatchObject([{ json: { oss: { status: 200 } } }]);
	});

	it('says what a content type of its own leads to', async () => {
		const wrong = step('Put', 'uploadToOss', { options: { contentType: 'text/plain' } });
		const input = [await rig.item({ data: 'bytes' })];
		const run = await rig.workflow(chain(START, info, wrong), { input });
		expect(run.error?.message).toBe('The storage did not accept the signature');
		expect(run.error).toMatchObject({
			context: { itemIndex: 0, data: { code: 'SignatureDoesNotMatch', httpStatus: 403 } },
		});
	});

	it('fails for one item and goes on with the other', async () => {
		rig.service.fail({
			call: 'ossPut',
			fault: { kind: 'ossError', status: 400, code: 'EntityTooLarge' },
		});
		const input = await rig.items(['a', 'b']);
		const going = { ...put, onError: 'continueRegularOutput' as const };
		const single = { ...going, parameters: { ...put.parameters } };
		const run = await rig.workflow(chain(START, info, single), { input });
		const results = run.items('Put').map(({ json }) => json);
		expect(results.filter(({ oss }) => oss)).toHaveLength(1);
		expect(results.filter(({ error }) => error)).toMatchObject([
			{ error: { message: 'The file is larger than the storage takes in one upload (5 GB)' } },
		]);
	});
});

describe('Commit File', () => {
	async function committed(options: object) {
		const input = [await rig.item({ data: '# md' }, {})];
		const last = step('Commit', 'commit', { parent, fileName: 'x.md', options });
		return await rig.workflow(chain(START, info, put, last), { input });
	}

	it('sends what is set and nothing else, and gives the dentry', async () => {
		const property = [{ name: 'k', value: 'v', visibility: 'PUBLIC' }];
		const run = await committed({
			size: 4,
			conflictStrategy: 'OVERWRITE',
			convertToOnlineDoc: true,
			convertToOnlineDocTargetDocumentType: 'DOC',
			appProperties: { property },
		});
		const [call] = rig.service.callsOf('commit').slice(-1);
		expect(call.query).toEqual({ unionId });
		expect(call.body).toEqual({
			uploadKey: run.items('Info')[0].json.uploadKey,
			name: 'x.md',
			option: {
				size: 4,
				conflictStrategy: 'OVERWRITE',
				convertToOnlineDoc: true,
				convertToOnlineDocTargetDocumentType: 'DOC',
				appProperties: property,
			},
		});
		const [{ json }] = run.items('Commit');
		const [{ uuid, appProperties }] = rig.service.files();
		expect(json).toMatchObject({ uuid, name: 'x.adoc', appProperties });
		expect(json.webUrl).toBe(`https://alidocs.dingtalk.com/i/nodes/${uuid}`);
	});

	it('sends the size alone when no options are set', async () => {
		await committed({});
		const [call] = rig.service.callsOf('commit').slice(-1);
		expect((call.body as { option?: object }).option).toEqual({ size: 4 });
	});

	it('reports a stored file of another size', async () => {
		const run = await committed({ size: 5 });
		expect(run.error).toMatchObject({ context: { data: { code: 'dentryStoreError' } } });
		expect(rig.service.files()).toEqual([]);
	});

	it('says that nothing is there to commit when the upload key is empty', async () => {
		const { shown } = await rig.run(
			{ resource: 'file', operation: 'commit', parent, fileName: 'a.txt', uploadKey: '={{ "" }}' },
			{ input: [{ json: {} }] },
		);
		expect(shown).toMatchObject({ message: 'No upload key is given', itemIndex: 0 });
		expect(rig.callNames()).toEqual([]);
	});
});
