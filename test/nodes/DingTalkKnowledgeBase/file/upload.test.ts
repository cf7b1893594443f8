import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';

import { SEED } from '../../../services/dingtalk';
import { locator } from '../../support/rig';
import { sha256, uploadOf, useRig } from '../support/rig';
import { HEADERS_OF_EACH } from '../../support/wire';

const rig = useRig();
const { empty, invoices } = SEED.folders;
const { unionId } = SEED.operator;

describe('Upload File', () => {
	it('asks for a place, sends the bytes and commits them, in this order', async () => {
		const { status } = await rig.run(uploadOf(), { input: [await rig.item({ data: '内容' })] });
		expect(status).toBe('success');
		expect(rig.callNames()).toEqual(['uploadInfo', 'ossPut', 'commit']);
		expect(rig.service.files(empty.dentryUuid)).toMatchObject([
			{ name: 'data.txt', size: 6, sha256: sha256('内容') },
		]);
	});

	it('sends the first request as the documentation of upload info says', async () => {
		const options = { preferRegion: 'SHANGHAI', preferIntranet: false };
		await rig.run(uploadOf(options), { input: [await rig.item({ data: 'four' })] });
		const [call] = rig.service.callsOf('uploadInfo').slice(-1);
		expect(call).toMatchObject({
			method: 'POST',
			path: `/v2.0/storage/spaces/files/${empty.dentryUuid}/uploadInfos/query`,
			query: { unionId },
		});
		expect(call.headers['content-type']).toMatch(/^application\/json/);
		expect(call.headers['x-acs-dingtalk-access-token']).toMatch(/^\w{32}$/);
		expect(call.body).toEqual({
			protocol: 'HEADER_SIGNATURE',
			option: {
				storageDriver: 'DINGTALK',
				preCheckParam: { name: 'data.txt', size: 4 },
				preferRegion: 'SHANGHAI',
				preferIntranet: false,
			},
		});
	});

	it('sends the bytes with signed headers, an empty content type, no header more', async () => {
		await rig.run(uploadOf(), { input: [await rig.item({ data: 'four' })] });
		const [{ headers, query, method }] = rig.service.callsOf('ossPut');
		expect(method).toBe('PUT');
		expect(query).toEqual({});
		expect(headers).toMatchObject({ 'content-type': '', 'content-length': '4' });
		expect(headers.authorization).toMatch(/^OSS /);
		const signed = ['authorization', 'content-type', 'x-oss-date'];
		expect(Object.keys(headers).sort()).toEqual([...HEADERS_OF_EACH, ...signed].sort());
	});

	it('sends the last request as the documentation of commit says', async () => {
		const options = {
			conflictStrategy: 'RETURN_ERROR_IF_EXISTS',
			convertToOnlineDoc: true,
			convertToOnlineDocTargetDocumentType: 'DOC',
			appProperties: {
				property: [
					{ name: 'source', value: 'mail', visibility: 'PRIVATE' },
					{ name: 'year', value: '2026', visibility: 'PUBLIC' },
					{ name: 'empty', value: '', visibility: 'PUBLIC' },
				],
			},
		};
		const { json } = await rig.run(uploadOf(options), {
			input: [await rig.item({ data: '# Title' })],
		});
		const [call] = rig.service.callsOf('commit').slice(-1);
		expect(call).toMatchObject({
			method: 'POST',
			path: `/v2.0/storage/spaces/files/${empty.dentryUuid}/commit`,
			query: { unionId },
		});
		expect(call.body).toEqual({
			uploadKey: expect.stringMatching(/^\w+$/) as string,
			name: 'data.txt',
			option: {
				size: 7,
				conflictStrategy: 'RETURN_ERROR_IF_EXISTS',
				convertToOnlineDoc: true,
				convertToOnlineDocTargetDocumentType: 'DOC',
				appProperties: options.appProperties.property,
			},
		});
		expect(json[0]).toMatchObject({ name: 'data.adoc', storageDriver: 'ALIDOC' });
	});

	it('leaves out of the requests what the user left out', async () => {
		await rig.run(uploadOf(), { input: [await rig.item({ data: 'x' })] });
		const [info] = rig.service.callsOf('uploadInfo').slice(-1);
		const preCheckParam = { name: 'data.txt', size: 1 };
		expect(info.body).toMatchObject({ option: { storageDriver: 'DINGTALK', preCheckParam } });
		expect(Object.keys((info.body as { option: object }).option)).toHaveLength(2);
		const [commit] = rig.service.callsOf('commit');
		expect((commit.body as { option: object }).option).toEqual({ size: 1 });
	});

	it('gives every field of the stored dentry, its link, and how the upload went', async () => {
		const image = await rig.file('PNG', 'photo.png', 'image/png');
		const run = await rig.run(uploadOf(), { input: [await rig.item({ data: image })] });
		const [{ parentUuid, md5, sha256: digest, crc64, bytes, ...dentry }] = rig.service.files();
		expect([parentUuid, digest, crc64, bytes]).not.toContain(undefined);
		const [call] = rig.service.callsOf('commit');
		expect(run.json).toEqual([
			{
				...dentry,
				webUrl: `https://alidocs.dingtalk.com/i/nodes/${dentry.uuid}`,
				upload: {
					uploadKey: (call.body as { uploadKey: string }).uploadKey,
					bytes: 3,
					eTag: `"${md5.toUpperCase()}"`,
					requestId: expect.stringMatching(/^[0-9A-F]{24}$/) as string,
					attempts: 1,
					sourceField: 'data',
				},
			},
		]);
		expect(run.json[0]).toHaveProperty('thumbnail.url');
	});
});

describe('a file of the same name', () => {
	async function twice(conflictStrategy?: string) {
		const first = await rig.run(uploadOf(), { input: [await rig.item({ data: 'old' })] });
		const options = conflictStrategy ? { conflictStrategy } : {};
		const second = await rig.run(uploadOf(options), {
			input: [await rig.item({ data: 'newer' })],
		});
		const files = rig.service.files(empty.dentryUuid).map(({ name, size }) => [name, size]);
		return { first: first.json[0], second, files };
	}

	it.each([undefined, 'AUTO_RENAME'])(
		'is kept, and the new one renamed, with %s',
		async (given) => {
			const { second, files } = await twice(given);
			expect(second.json[0].name).toBe('data (1).txt');
			expect(files).toEqual([
				['data.txt', 3],
				['data (1).txt', 5],
			]);
		},
	);

	it('is overwritten with OVERWRITE', async () => {
		const { first, second, files } = await twice('OVERWRITE');
		expect(second.json[0]).toMatchObject({ uuid: first.uuid, version: 2, size: 5 });
		expect(files).toEqual([['data.txt', 5]]);
	});

	it('is given back as it is with RETURN_DENTRY_IF_EXISTS', async () => {
		const { first, second, files } = await twice('RETURN_DENTRY_IF_EXISTS');
		expect(second.json[0]).toMatchObject({ uuid: first.uuid, size: 3 });
		expect(files).toEqual([['data.txt', 3]]);
	});

	it('is an error with RETURN_ERROR_IF_EXISTS', async () => {
		const { second, files } = await twice('RETURN_ERROR_IF_EXISTS');
		expect(second.shown).toMatchObject({
			message: 'A file with this name is already in the folder',
			itemIndex: 0,
			data: { code: 'dentryNameConflict', httpStatus: 400, step: 'commit', fileName: 'data.txt' },
		});
		expect(second.shown.description).toContain('conflict strategy');
		expect(files).toEqual([['data.txt', 3]]);
	});
});

describe('several items with several files', () => {
	it('become one output each, in order, paired with their item', async () => {
		const input = [
			await rig.item({ attachment_0: 'a', attachment_1: 'bb', other: 'x' }),
			await rig.item({ attachment_0: 'ccc' }),
			await rig.item({ attachment_0: 'd', attachment_1: 'e', attachment_2: 'f' }),
		];
		const parameters = uploadOf({ maxConcurrency: 3 }, { inputDataFieldName: 'attachment_*' });
		const run = await rig.run(parameters, { input });
		const sources = run
			.items('DingTalk')
			.map(({ json, pairedItem }) => [
				(json.upload as { sourceField: string }).sourceField,
				pairedItem,
			]);
		expect(sources).toEqual([
			['attachment_0', { item: 0 }],
			['attachment_1', { item: 0 }],
			['attachment_0', { item: 1 }],
			['attachment_0', { item: 2 }],
			['attachment_1', { item: 2 }],
			['attachment_2', { item: 2 }],
		]);
		expect(run.json.map(({ size }) => size)).toEqual([1, 2, 3, 1, 1, 1]);
		expect(rig.service.files(empty.dentryUuid)).toHaveLength(6);
	});

	it('go where each item says', async () => {
		const input = [
			await rig.item({ data: 'a' }, { folder: empty.dentryUuid }),
			await rig.item({ data: 'b' }, { folder: invoices.dentryUuid }),
		];
		const parent = locator('id', '={{ $json.folder }}');
		await rig.run(uploadOf({}, { parent }), { input });
		expect(rig.service.files(empty.dentryUuid)).toMatchObject([{ md5: md5('a') }]);
		expect(rig.service.files(invoices.dentryUuid)).toMatchObject([{ md5: md5('b') }]);
	});

	it('may leave inline images out by pattern', async () => {
		const inline = await rig.file('x', 'image001.png', 'image/png');
		const input = [await rig.item({ attachment_0: inline, attachment_1: 'report' })];
		await rig.run(uploadOf({}, { inputDataFieldName: '*, !image*' }), { input });
		expect(rig.service.files().map(({ name }) => name)).toEqual(['attachment_1.txt']);
	});
});

const md5 = (text: string) => createHash('md5').update(text).digest('hex');
